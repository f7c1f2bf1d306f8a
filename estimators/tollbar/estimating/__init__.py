"""From what a command or a request names to an estimate: whose settings hold, what is read, what it is priced with."""
