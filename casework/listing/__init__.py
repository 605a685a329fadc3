"""What all lists of the desk share: what an address asks for, the order and the pages, and the export."""
