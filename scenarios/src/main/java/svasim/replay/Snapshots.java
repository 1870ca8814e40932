package svasim.replay;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import svasim.iommu.core.Explanation;
import svasim.memory.PhysicalMemory;

/** Compares the tables in memory with the snapshots that S lines stand for. */
final class Snapshots {
    private static final int PAGE_FIELDS = 2;
    private static final int HEX = 16;

    private final Rig rig;
    private final Tally tally;
    private final Reasons reasons;
    private final LeafComparison leaves;

    Snapshots(Rig rig, Tally tally, Reasons reasons, LeafComparison leaves) {
        this.rig = rig;
        this.tally = tally;
        this.reasons = reasons;
        this.leaves = leaves;
    }

    /** Compares every line of a snapshot; each counts as an expectation. */
    void compare(Line line, Snapshot snapshot) {
        snapshot.pages().forEach(page -> page(line, page));
        snapshot.live().forEach(walk -> walk(line.within(walk)));
    }

    /** {@code PA HEX}: a page's bytes in the order of memory, or one digit for a page of zeros. */
    private void page(Line line, String text) {
        String[] fields = text.split(" ");
        if (fields.length != PAGE_FIELDS) {
            throw new IllegalArgumentException("snapshot: \"" + text + "\" is no page");
        }
        long start = Long.parseUnsignedLong(fields[0], HEX);
        byte[] expected =
                fields[1].length() == 1
                        ? new byte[PhysicalMemory.FRAME_BYTES]
                        : HexFormat.of().parseHex(fields[1]);
        String wrong = difference(start, ByteBuffer.wrap(expected).order(ByteOrder.LITTLE_ENDIAN));
        tally.check('S', line.within("page " + fields[0]), wrong.isEmpty(), wrong);
    }

    private String difference(long start, ByteBuffer expected) {
        for (long address = start; expected.hasRemaining(); address += Long.BYTES) {
            long found = rig.memory.readLong(address);
            if (!leaves.sameEntry(expected.getLong(), found)) {
                return Long.toHexString(found) + " at " + Long.toHexString(address);
            }
        }
        return "";
    }

    /**
     * {@code = RID PASID IOVA ACCESS GPA MASK PERM PTE TAG}, with + and ~ for other moments, or
     * {@code ! RID PASID IOVA ACCESS REASON}.
     */
    private void walk(Line line) {
        switch (line.kind()) {
            case '=', '+' -> granted(line);
            case '!' -> refused(line);
            case '~' -> {
                // The tables no longer agree with what was translated before.
            }
            default -> throw new IllegalArgumentException("snapshot: \"" + line.text() + "\"");
        }
    }

    private void granted(Line line) {
        int access = leaves.access(line, true);
        Explanation found = leaves.explain(line, access);
        String wrong = found.translated() ? "" : "refused, code " + Reasons.text(found.faultCode());
        if (found.translated() && !leaves.reaches(line, access, found.address())) {
            wrong = "output address " + Long.toHexString(found.address());
        }
        if (wrong.isEmpty()) {
            wrong = leaves.difference(line, access);
        }
        tally.check('S', line, wrong.isEmpty(), wrong);
    }

    private void refused(Line line) {
        Explanation found = leaves.explain(line, leaves.access(line, false));
        boolean holds =
                !found.translated()
                        && reasons.matches(line.text(5), Reasons.text(found.faultCode()));
        String what = found.translated() ? "translated" : "code " + Reasons.text(found.faultCode());
        tally.check('S', line, holds, what);
    }
}
