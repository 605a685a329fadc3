"""Need to know, for every route of the desk × every role × every way in which a case can be shut.

What is expected stands in `doors.toml`, from the handbook and the promises. The routes are those of the
running application: one without a line fails the test, which names it.

**A new route** is one line under `[routes]`, below the door it goes through::

    "POST /{language}/cases/{number}/letters" = "case"

That is all if it goes through a door there is, and its names in braces are filled: those of a case in
`filling.py` (`filled` returns them), those of other things in `world.py` (`built`). If not:

- *A new name in an address of a case* (`{letter}`): make one in `filled`, and return it under that name. A
  case that cannot have one gives an empty text: then the route is "not found" there for everybody.
- *A POST that needs to say something* to be answered at all (a choice whose absence is "not found"):
  `{ door = "case", form = { do = "name" } }`; names in braces are filled here too.
- *A page that answers with something else than 200*: `answers = [303]`.
- *A page on which, as is promised, numbers stand that one may not open*: `tells = "why"`; or which counts the
  whole office for a role: `counts = ["head"]`; or tells its numbers to one: `numbers = ["data_protection"]`.
- *A page that is another each time* (a challenge): `anew = "why"`.
- *A refusal that is not on record*: `untraced = "why"`; *an act for which this office has nothing*, so that
  it is not found for anybody: `lacks = "why, and where it is tested"`.
- *A new door* (another permission): `[doors.name]` with its roles and where it is promised.
- *A new thing with a door of its own* (not a case): `[kind.name]` with who may open it and why, the door
  with `of = "kind"`, and its filling in `world.py`. Where only the adviser of a case may: `by = "adviser"`.
- *A new role*: somebody in `people.py` and under `[people]`, and the role in the doors it opens.
- *A new way to be shut* (a wall that rises): a case in `world.py` and `[case.name]`, with who may open it
  and why.

`test_reading.py` asks for pages, `test_acting.py` sends forms, `test_lists.py` lets a case come and looks
whether anything changes for who may not open it. A refused request must look like an address nobody has
(status, headers, page), change nothing, and be on record where a case or a report stayed shut.
"""
