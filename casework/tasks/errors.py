"""What can go wrong with tasks."""

from casework.cases.errors import CaseChanged
from office.errors import Conflict, Invalid, NotFound


class TaskNotFound(NotFound):
    """No such task in this case, or not for you."""

    code = "task_not_found"


class TaskSettled(CaseChanged):
    """Somebody said in the meantime that this task is done or dropped."""

    code = "task_settled"


class TaskChanged(CaseChanged):
    """Somebody changed this task in the meantime."""

    code = "task_changed"


class TasksOpen(Conflict):
    """A case with open tasks is not closed by itself."""

    code = "tasks_open"
    sentence = (
        "Tasks of this case are still open: say of each that it is done or dropped, "
        "or have a supervisor close the case with a reason."
    )


class InterpreterMissing(Invalid):
    """Somebody who needs an interpreter is not called or met without one."""

    code = "interpreter_missing"
    sentence = (
        "This person needs an interpreter. Name who interprets, "
        "or say that whoever does the task speaks their language."
    )


class CannotDoTask(Invalid):
    """A task is only for somebody who holds the case."""

    code = "cannot_do_task"
    sentence = "This task cannot be given to that person, who does not hold the case."
