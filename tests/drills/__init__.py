"""Drills: the portal under faults that tests in one process cannot make.

``make drill`` starts real servers, breaks them, and counts what became of each promise. Every
drill has negative controls: the same faults with the guard off, which must be noticed.

plan       which drills there are, how large, how long they may take
stage      one drill on one database: its folder, its processes, its end
sink       a mail server with faults       killer     ends workers with SIGKILL
scanner    opens links as mail scanners do guests     people with a browser, 500 at a time
second     an empty portal beside the first, for what was backed up
campaign   draws hostile requests          rights     who may change which rows
write_log  notes and undoes what changed   canaries   words that mark what is private
guards     switches the portal's guards off, in the drill's own processes only
"""
