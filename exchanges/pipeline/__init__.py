"""What the staff have to do: all cases, due dates, budgets, deadlines, transfers."""
