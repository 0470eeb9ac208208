"""What cities can show and want to learn, who fits whom and why, and how offices get in touch."""
