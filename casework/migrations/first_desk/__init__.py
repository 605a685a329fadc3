"""The tables of revision 0001, one part of the desk in each module. Like any migration they never change."""
