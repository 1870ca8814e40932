package svasim.replay;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.StringJoiner;
import svasim.paging.Access;
import svasim.pcie.tlp.AddressType;
import svasim.pcie.tlp.Attributes;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.pcie.tlp.TranslationEntry;

/** The lines that say what has to be seen. */
final class Expectations {
    private static final int FIRST_ENTRY = 6;
    private static final long ACCESS_BITS = TranslationEntry.READ | TranslationEntry.WRITE;

    private final Rig rig;
    private final Tally tally;
    private final Reasons reasons;
    private final LeafComparison leaves;
    private final Deque<Line> early = new ArrayDeque<>();

    Expectations(Rig rig, Tally tally, LeafComparison leaves, Reasons reasons) {
        this.rig = rig;
        this.tally = tally;
        this.reasons = reasons;
        this.leaves = leaves;
    }

    void check(Line line) {
        switch (line.kind()) {
            case 'T' -> translated(line);
            case 'F' -> faulted(line);
            case 'C' -> translationCompletion(line);
            case 'D' -> translatedRequest(line);
            case 'I' -> command(line);
            case 'V' -> invalidation(line);
            case 'G' -> response(line);
            case 'R' -> register(line);
            case 'X' -> word(line);
            case 'N' -> nothingPending(line);
            default -> tally.unsupported("line kind \"" + line.fields()[0] + "\"");
        }
    }

    /**
     * The trace is over: it has named every command that was executed, but for those that wait for
     * a device for ever.
     *
     * @param lastLine its number
     */
    void end(int lastLine) {
        compareEarlyCommands();
        for (ExecutedCommand command : rig.commands) {
            if (command.isComplete()) {
                tally.fail("I", lastLine, "no further command", command.toString());
            }
        }
    }

    /** {@code T RID PASID IOVA ACCESS GPA MASK PERM PTE TAG HOW}. */
    private void translated(Line line) {
        int access = leaves.access(line, true);
        Answer answer = rig.request(request(line, access, AddressType.UNTRANSLATED));
        String wrong = answer.translated() ? "" : answer.toString();
        if (answer.translated()
                && line.states(5)
                && !leaves.reaches(line, access, answer.address())) {
            wrong = "output address " + answer;
        }
        if (wrong.isEmpty()) {
            wrong = leaves.difference(line, access);
        }
        tally.check(line, wrong.isEmpty(), wrong);
    }

    /** {@code F RID PASID IOVA ACCESS REASON}. */
    private void faulted(Line line) {
        int access = leaves.access(line, false);
        Answer answer = rig.request(request(line, access, AddressType.UNTRANSLATED));
        boolean holds =
                answer.status() != null
                        && !answer.translated()
                        && reasons.matches(line.text(5), answer.codeText());
        tally.check(line, holds, answer);
    }

    private static Tlp.MemoryRequest request(Line line, int access, AddressType type) {
        PasidPrefix prefix = line.prefix(2, 4);
        if ((access & Access.WRITE) != 0) {
            return new Tlp.MemoryWrite(
                    line.number(1), line.hex(3), new byte[1], type, prefix, Attributes.DEFAULT);
        }
        return new Tlp.MemoryRead(
                line.number(1), 0, line.hex(3), 1, type, prefix, Attributes.DEFAULT);
    }

    /** {@code C RID PASID IOVA FLAGS STATUS ENTRY...}. */
    private void translationCompletion(Line line) {
        int entries = line.count() - FIRST_ENTRY;
        List<Tlp.Completion> pieces =
                rig.ask(
                        new Tlp.TranslationRequest(
                                line.number(1),
                                0,
                                line.hex(3),
                                Math.max(1, entries),
                                line.flag(4, 'n'),
                                line.prefix(2, 4),
                                Attributes.DEFAULT));
        boolean holds =
                !pieces.isEmpty()
                        && pieces.get(0).status().code() == line.number(5)
                        && entriesMatch(line, entries(pieces));
        tally.check(line, holds, describe(pieces));
    }

    private static boolean entriesMatch(Line line, long[] found) {
        if (found.length != line.count() - FIRST_ENTRY) {
            return false;
        }
        for (int i = 0; i < found.length; i++) {
            long expected = line.hex(FIRST_ENTRY + i);
            long mask = (expected & ACCESS_BITS) == 0 ? ACCESS_BITS : -1L;
            if (((expected ^ found[i]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    private static long[] entries(List<Tlp.Completion> pieces) {
        int bytes = pieces.stream().mapToInt(piece -> piece.data().length).sum();
        ByteBuffer data = ByteBuffer.allocate(bytes);
        pieces.forEach(piece -> data.put(piece.data()));
        long[] entries = new long[bytes / Long.BYTES];
        data.flip().asLongBuffer().get(entries);
        return entries;
    }

    private static String describe(List<Tlp.Completion> pieces) {
        if (pieces.isEmpty()) {
            return "no completion";
        }
        StringJoiner text = new StringJoiner(" ");
        text.add(pieces.get(0).status().toString());
        for (long entry : entries(pieces)) {
            text.add(Long.toHexString(entry));
        }
        return text.toString();
    }

    /** {@code D RID PASID ADDR ACCESS OUTCOME}. */
    private void translatedRequest(Line line) {
        Answer answer = rig.request(request(line, line.access(4), AddressType.TRANSLATED));
        boolean refused = answer.status() != null && !answer.translated();
        boolean holds =
                switch (line.text(5)) {
                    case "ok" -> answer.translated();
                    case "ur", "ca" ->
                            refused && answer.status().code() == (line.flag(5, 'u') ? 1 : 4);
                    default -> refused && reasons.matches(line.text(5), answer.codeText());
                };
        tally.check(line, holds, answer);
    }

    /** {@code I WORD0 WORD1}. */
    private void command(Line line) {
        if (rig.commands.isEmpty()) {
            early.add(line);
        } else {
            compare(line, rig.commands.remove());
        }
    }

    /**
     * Emulators that fetch within the write of the queue's tail name the commands just before that
     * write: those lines are compared now, after it. Any other line must find its command.
     */
    void compareEarlyCommands() {
        while (!early.isEmpty()) {
            compare(early.remove(), rig.commands.poll());
        }
    }

    private void compare(Line line, ExecutedCommand found) {
        boolean holds = found != null && found.isOf(line.hex(1), line.hex(2));
        tally.check(line, holds, found == null ? "no command" : found);
    }

    /** {@code V RID PASID ADDR S G ITAG}. */
    private void invalidation(Line line) {
        Tlp.InvalidateRequest found = rig.invalidations.poll();
        boolean holds =
                found != null
                        && found.destinationId() == line.number(1)
                        && PasidPrefix.number(found.pasid()) == line.pasid(2)
                        && (found.address() & -1L << 12) == line.hex(3)
                        && found.sized() == (line.hex(4) != 0)
                        && found.global() == (line.hex(5) != 0)
                        && found.itag() == line.hex(6, found.itag());
        tally.check(line, holds, found == null ? "no Invalidate Request" : found);
    }

    /** {@code G RID PASID PRGI CODE}. */
    private void response(Line line) {
        Tlp.PageGroupResponse found = rig.responses.poll();
        boolean holds =
                found != null
                        && found.destinationId() == line.number(1)
                        && PasidPrefix.number(found.pasid()) == line.pasid(2)
                        && found.prgIndex() == line.number(3)
                        && found.code() == line.number(4);
        tally.check(line, holds, found == null ? "no PRG Response" : found);
    }

    /** {@code R OFFSET SIZE VALUE [MASK]}. */
    private void register(Line line) {
        long found = rig.iommu.readRegister(line.hex(1), line.number(2));
        compare(line, found, line.hex(3), line.hex(4, -1L));
    }

    /** {@code X PA VALUE [MASK]}. */
    private void word(Line line) {
        compare(line, rig.memory.readLong(line.hex(1)), line.hex(2), line.hex(3, -1L));
    }

    private void compare(Line line, long found, long expected, long mask) {
        tally.check(line, ((found ^ expected) & mask) == 0, Long.toHexString(found));
    }

    /** {@code N V} or {@code N G}. */
    private void nothingPending(Line line) {
        switch (line.text(1)) {
            case "V" -> tally.check(line, rig.invalidations.isEmpty(), rig.invalidations);
            case "G" -> tally.check(line, rig.responses.isEmpty(), rig.responses);
            default -> throw new IllegalArgumentException("expected N V or N G");
        }
    }
}
