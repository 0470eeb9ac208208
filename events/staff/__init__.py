"""The staff's daily pages of an event: guests, inviting, delegations, reminders, export."""
