"""The shared kernel: what two or more parts of the office need, and no rule about cases or people."""
