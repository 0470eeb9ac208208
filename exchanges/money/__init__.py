"""Budgets, per diems, the estimate of CO2, and copies for print and Word."""
