"""The key ceremonies: who may open what, how it is given, taken back, renewed, and opened in need.

They work on the keyroom's tables only; they must not know what a case is. They commit nothing (the two
steps of a sign-in and of an invitation aside, which must not hold a transaction while a pass-phrase is
stretched), and every act gives back an event for the office's timeline.
"""
