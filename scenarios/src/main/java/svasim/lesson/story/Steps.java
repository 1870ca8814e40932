package svasim.lesson.story;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.report.Seen;
import svasim.report.Sentences;
import svasim.report.SimpleView;
import svasim.trace.Kind;

/** The rows of a story: each observation with its cause, lane, phase, PASID and sentences. */
final class Steps {
    private static final int NONE = -1;

    /** What later steps have to know of an earlier one. */
    private record Known(Seen raw, Phase phase, long pasid) {}

    private final Strings strings;
    private final Sentences sentences;
    private final Map<Long, Known> known = new Recent<>();
    private final SimpleView simple;
    private final Map<Long, Long> pasidOfMm = new HashMap<>();
    private final Map<Integer, Long> mmOfLane = new HashMap<>();
    private final Map<Long, Integer> allocations = new HashMap<>();
    private final List<Object> rows = new ArrayList<>();
    private final List<Moment> moments = new ArrayList<>();

    Steps(Strings strings, Sentences sentences) {
        this.strings = strings;
        this.sentences = sentences;
        this.simple = new SimpleView(sentences);
    }

    /** Follows what happens before the story begins, as far as later steps have to know of it. */
    void pass(Seen raw, Seen seen) {
        simple.pass(raw);
        know(raw, seen, known.get(seen.cause()));
    }

    private Known know(Seen raw, Seen seen, Known cause) {
        Known own = new Known(raw, phase(seen, cause), pasid(seen, cause));
        known.put(seen.id(), own);
        return own;
    }

    /**
     * Adds the next step.
     *
     * @param raw as it was told
     * @param seen with the story's numbers
     * @param lane position of its lane
     * @param firstId number of the observation that is step 0
     */
    void add(Seen raw, Seen seen, int lane, long firstId) {
        Known cause = known.get(seen.cause());
        Known own = know(raw, seen, cause);
        rows.add(
                List.of(
                        seen.timePs(),
                        seen.cause() < firstId ? NONE : seen.cause() - firstId,
                        seen.kind().ordinal(),
                        lane,
                        own.phase == null ? NONE : own.phase.ordinal(),
                        own.pasid,
                        strings.number(sentences.full(raw)),
                        strings.number(simple.tell(raw)),
                        strings.number(cause == null ? null : why(cause.raw))));
        moments.add(new Moment(seen.kind(), own.phase, own.pasid, label(seen)));
    }

    /** Null if the sentence of the cause itself says why. */
    private String why(Seen cause) {
        String why = sentences.why(cause);
        return why.equals(sentences.full(cause)) ? null : why;
    }

    private static String label(Seen seen) {
        return seen.kind() == Kind.STEP ? String.valueOf(seen.subject()) : "";
    }

    private Phase phase(Seen seen, Known cause) {
        if (seen.kind() == Kind.PASID_ALLOCATED) {
            boolean again = allocations.merge(seen.a(), 1, Integer::sum) > 1;
            return again ? Phase.REUSE : Phase.ALLOCATE;
        }
        Phase before = cause == null ? null : cause.phase;
        if (seen.kind() == Kind.STEP) {
            return Phase.ofStep(label(seen), before);
        }
        Phase own = Phase.of(seen.kind());
        return own == null ? before : own;
    }

    private long pasid(Seen seen, Known cause) {
        int field = seen.kind().fields().indexOf("pasid");
        int mm = seen.kind().fields().indexOf("mm");
        if (seen.kind() == Kind.PASID_ALLOCATED) {
            pasidOfMm.put(seen.b(), seen.a());
        }
        if (seen.kind() == Kind.TASK_STARTED) {
            mmOfLane.put(seen.lane(), seen.b());
        }
        if (field >= 0) {
            return seen.field(field);
        }
        if (seen.subject() instanceof Tlp tlp && tlp.pasid() != null) {
            return PasidPrefix.number(tlp.pasid());
        }
        if (mm >= 0) {
            return pasidOfMm.getOrDefault(seen.field(mm), (long) NONE);
        }
        if (mmOfLane.containsKey(seen.lane())) {
            return pasidOfMm.getOrDefault(mmOfLane.get(seen.lane()), (long) NONE);
        }
        boolean hardware =
                switch (seen.kind().category()) {
                    case IOMMU, DEVICE, FABRIC -> true;
                    default -> seen.kind() == Kind.TABLE_WRITTEN;
                };
        return hardware && cause != null ? cause.pasid : NONE;
    }

    List<Object> rows() {
        return rows;
    }

    /** What the steps mean, to find the same moments in another story. */
    List<Moment> moments() {
        return moments;
    }
}
