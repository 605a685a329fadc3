"""Takes files piece by piece: each piece is sealed and committed before the next is asked for.

Whoever is cut off goes on with the first piece that was not acknowledged. When the last one is there, the
file is opened once in memory, looked into, and either noted in the draft or deleted. A sound whose voice is
to be altered is the one exception: it is altered in memory first, and only then is any of it kept.

Pieces belong to the code in the draft (`files.held`); those of a draft that is given up are swept with it.
What comes after that is not kept and brings no draft back (`DraftGone`).
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final
from uuid import UUID
from weakref import WeakValueDictionary

from intake_api.drafts.keeping import DraftGone, Drafts, Kept
from intake_api.files.arriving import Chunks, in_time, length_of, whole_pieces
from intake_api.files.disk_guard import DiskGuard
from intake_api.files.errors import (
    FileCheckFailed,
    FileEmpty,
    FileNotWhole,
    FileRefused,
    FileTooBig,
    NoSound,
    TooManyFiles,
)
from intake_api.files.examiner import Examined, Examiner, MemoryFile
from intake_api.files.held import Held, Purpose, Underway, announced
from intake_api.files.names import name_as_wave, name_to_keep
from intake_api.files.piece_store import (
    delete_file,
    delete_some,
    insert_piece,
    next_number,
    piece_at,
    purge_some,
)
from intake_api.letterbox import Desk, Letterbox
from office.handover.report import LARGEST_FILE, SentFile
from office.sealing.boxes import CannotOpen
from office.sealing.drafts import draft_lookup, new_draft_code
from office.sealing.pieces import PIECE_BYTES, open_piece, pieces_of, seal_piece

AT_ONCE: Final = 4
LONGEST_MARK: Final = 40
Begun = tuple[Kept, UUID, int]


class Uploads:
    """Keeps the files of drafts.

    Args:
        letterbox: the only way to the mailbox.
        drafts: in which the files' keys lie.
        examiner: looks into each file before it is noted.
        guard: keeps room on the disk.
    """

    def __init__(self, letterbox: Letterbox, drafts: Drafts, examiner: Examiner, guard: DiskGuard) -> None:
        self.letterbox = letterbox
        self.drafts = drafts
        self.examiner = examiner
        self.guard = guard
        self._writing = asyncio.Semaphore(AT_ONCE)
        self._ending: WeakValueDictionary[UUID, asyncio.Lock] = WeakValueDictionary()

    async def ready(self, kept: Kept) -> Kept:
        """Return the draft with a code for its files."""
        if kept.draft.held.code:
            return kept
        code = new_draft_code()

        def with_code(held: Held) -> Held:
            return held if held.code else held.model_copy(update={"code": code})

        return await self._change(kept, with_code)

    async def begin(self, kept: Kept, name: str, size: int, purpose: Purpose, mark: str) -> Begun:
        """Return the draft with the file under way, the file's id, and the number of the piece to send next.

        A file that has arrived, but whose sender was cut off before hearing so, is not taken twice.

        Raises:
            FileEmpty, FileTooBig, TooManyFiles, NoRoomForFiles: it will not be taken.
        """
        name = name_to_keep(name)
        if size <= 0:
            raise FileEmpty
        if size > LARGEST_FILE:
            raise FileTooBig
        kept = await self.ready(kept)
        mark = mark[:LONGEST_MARK]
        if whole := kept.draft.held.arrived(name, size, purpose, mark):
            return kept, whole.file_id, whole.pieces
        if known := kept.draft.held.like(name, size, purpose, mark):
            kept = await self._change(kept, lambda held: held.without(known.file_id).beginning(known))
            return kept, known.file_id, await self._next(kept, known)
        kept.draft.held.refuse_more()
        self.guard.room_for_files(size)
        fresh = announced(name, size, purpose, mark)
        before, kept = kept.draft.held, await self._change(kept, lambda held: held.beginning(fresh))
        for file_id in before.ids - kept.draft.held.ids:  # given up for this one
            await self._drop(before, file_id)
        return kept, fresh.file_id, 0

    async def put(self, kept: Kept, file_id: UUID, number: int, clear: bytes) -> int:
        """Keep one piece and return the number of the next; the same piece sent twice is one.

        Raises:
            FileNotWhole: no such file is under way, or the piece has not the length it must have.
            NoRoomForFiles: the disk is nearly full.
        """
        one = kept.draft.held.at(file_id)
        if one is None or not clear or len(clear) != length_of(one.size, number):
            raise FileNotWhole  # an empty piece would be filled up to a whole MiB on the disk
        self.guard.room_for_files(len(clear))
        await self._keep(kept, one, number, clear)
        return await self._next(kept, one)

    async def end(self, kept: Kept, file_id: UUID) -> Kept:
        """Return the draft with a file of which every piece has arrived; look into it first.

        Whoever asks while it is looked into waits for what comes of it.

        Raises:
            FileNotWhole: pieces are missing; what has arrived stays.
            TooManyFilesWaiting: it can be asked again; what has arrived stays.
            FileRefused, TooManyFiles: it is not taken, and deleted.
        """
        if file_id not in kept.draft.held.ids:
            raise FileNotWhole
        async with self._ending.setdefault(file_id, asyncio.Lock()):
            newest = await self.drafts.find(kept.code, kept.word)
            if newest is None:
                raise DraftGone
            if newest.draft.held.has(file_id):
                return newest
            one = newest.draft.held.at(file_id)
            if one is None or await self._next(newest, one) != pieces_of(one.size):
                raise FileNotWhole
            return await self._settle(newest, one)

    async def take(self, kept: Kept, name: str, purpose: Purpose, chunks: Chunks) -> Kept:
        """Return the draft with a file that comes in one go, from a form or a program."""
        kept = await self.ready(kept)
        kept.draft.held.refuse_more()
        self.guard.room_for_files(PIECE_BYTES)
        one = announced(name, 0, purpose)
        number, size = 0, 0
        try:
            async for piece in whole_pieces(chunks):
                self.guard.room_for_files(len(piece))
                await self._keep(kept, one, number, piece)
                number, size = number + 1, size + len(piece)
            if not size:
                raise FileEmpty
            return await self._settle(kept, one.model_copy(update={"size": size}))
        except BaseException:
            await self.remove(kept, one.file_id)
            raise

    async def take_altered(self, kept: Kept, name: str, chunks: Chunks) -> Kept:
        """Return the draft with a voice note whose voice was altered; the true one is kept nowhere.

        Raises:
            VoiceNotAltered, VoiceTooLong, NoSound, FileNotWhole, TooManyFilesWaiting: none of it is kept.
        """
        kept = await self.ready(kept)
        kept.draft.held.refuse_more()
        self.guard.room_for_files(LARGEST_FILE)
        one = announced(name_as_wave(name), 0, "voice")
        async with self.examiner.turn(is_arriving=True) as file:
            async for piece in whole_pieces(in_time(chunks)):
                file.add(piece)
            async with self.examiner.working():
                if not (await self.examiner.examine(file)).is_sound:
                    raise NoSound
                altered, examined = await self.examiner.altered(file)
        try:
            for number, piece in enumerate(altered.pieces()):
                await self._keep(kept, one, number, piece)
            one = one.model_copy(update={"size": altered.size})
            digest = await asyncio.to_thread(altered.sha256)
        finally:
            altered.close()
        return await self._note(kept, one, examined, digest, is_altered=True)

    async def remove(self, kept: Kept, file_id: UUID) -> Kept:
        """Return the draft without this file; its pieces are deleted."""
        held = kept.draft.held
        try:
            return await self._change(kept, lambda held: held.without(file_id))
        finally:
            await self._drop(held, file_id)

    async def without_missing(self, kept: Kept) -> Kept:
        """Return the draft with only those files whose pieces are all there."""
        held = kept.draft.held
        try:
            for one in held.files:
                if await self._next(kept, one) != one.pieces:
                    kept = await self.remove(kept, one.file_id)
        except DraftGone:
            return replace(kept, draft=kept.draft.model_copy(update={"held": Held()}))
        return kept

    async def note_links(self, kept: Kept, addresses: Sequence[str]) -> Kept:
        """Return the draft with these addresses of hate on the net, noted now if they are new."""
        now = self.drafts.clock.now()
        return await self._change(kept, lambda held: held.with_links(addresses, now))

    async def forget(self, held: Held) -> None:
        """Delete every piece of a draft that was given up, or sent without it."""
        if not held.code:
            return
        lookup = draft_lookup(held.code)
        while await self.letterbox.keep(lambda desk: delete_some(desk, lookup)):
            pass

    async def purge(self, today: date) -> int:
        """Delete the pieces of drafts whose days are over; return how many."""
        count = 0
        while some := await self.letterbox.keep(lambda desk: purge_some(desk, today)):
            count += some
        return count

    async def _settle(self, kept: Kept, one: Underway) -> Kept:
        """Open the file in memory, look into it and note it; delete it if it is not taken."""
        try:
            async with self.examiner.turn() as file:
                await self._gather(kept, one, file)
                examined = await self.examiner.examine(file)
                digest = await asyncio.to_thread(file.sha256)
            if one.purpose == "voice" and not examined.is_sound:
                raise NoSound
            return await self._note(kept, one, examined, digest)
        except (FileRefused, FileCheckFailed, TooManyFiles):  # after other trouble it can be tried again
            given_up = await self._change(kept, lambda held: held.without_underway(one.file_id))
            if given_up.draft.held.has(one.file_id):  # another process of ours took it
                return given_up
            await self._drop(kept.draft.held, one.file_id)
            raise

    async def _gather(self, kept: Kept, one: Underway, file: MemoryFile) -> None:
        lookup, key = draft_lookup(kept.draft.held.code), bytes.fromhex(one.key)
        for number in range(pieces_of(one.size)):
            sealed = await self.letterbox.look(_asking(lookup, one.file_id, number))
            try:
                file.add(open_piece(key, number, sealed or b""))
            except CannotOpen:
                raise FileNotWhole from None
        if file.size != one.size:
            raise FileNotWhole

    async def _note(
        self, kept: Kept, one: Underway, examined: Examined, digest: str, *, is_altered: bool = False
    ) -> Kept:
        sent = SentFile(
            file_id=one.file_id,
            key=one.key,
            pieces=pieces_of(one.size),
            name=one.name,
            media_type=examined.media_type,
            size=one.size,
            sha256=digest,
            kept_at=self.drafts.clock.now(),
            purpose=one.purpose,
            virus_check=examined.virus_check,
            is_voice_altered=is_altered,
        )
        is_expected = kept.draft.held.at(one.file_id) is not None

        def with_file(held: Held) -> Held:
            if is_expected and one.file_id not in held.ids:
                raise FileNotWhole  # taken away while it was looked into
            return held.with_file(sent)

        return await self._change(kept, with_file)

    async def _change(self, kept: Kept, how: Callable[[Held], Held]) -> Kept:
        return await self.drafts.change(
            kept, lambda draft: draft.model_copy(update={"held": how(draft.held)}), begins=False
        )

    async def _keep(self, kept: Kept, one: Underway, number: int, clear: bytes) -> None:
        sealed = seal_piece(bytes.fromhex(one.key), number, clear)
        lookup = draft_lookup(kept.draft.held.code)
        expires_on = self.drafts.today() + timedelta(days=self.drafts.days)
        async with self._writing:  # few pieces wait for the disk at a time: reports wait behind no more
            is_kept = await self.letterbox.keep(
                lambda desk: insert_piece(desk, kept.code, lookup, one.file_id, number, sealed, expires_on)
            )
        if not is_kept:
            raise DraftGone

    async def _next(self, kept: Kept, one: Underway | SentFile) -> int:
        lookup = draft_lookup(kept.draft.held.code)
        return await self.letterbox.look(lambda desk: next_number(desk, lookup, one.file_id))

    async def _drop(self, held: Held, file_id: UUID) -> None:
        lookup = draft_lookup(held.code)
        await self.letterbox.keep(lambda desk: delete_file(desk, lookup, file_id))


def _asking(lookup: bytes, file_id: UUID, number: int) -> Callable[[Desk], bytes | None]:
    return lambda desk: piece_at(desk, lookup, file_id, number)
