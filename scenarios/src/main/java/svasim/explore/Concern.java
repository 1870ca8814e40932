package svasim.explore;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import svasim.check.Finding;
import svasim.check.Violation;
import svasim.report.Seen;
import svasim.trace.Kind;

/**
 * What a broken invariant is about: numbers of PASIDs, devices, address spaces, frames and the
 * tasks that belong to them; and how much an observation has to do with it.
 */
final class Concern {
    /** Has nothing to do with it. */
    static final int NOTHING = 0;

    /** A step by which software does something else. */
    static final int PLUMBING = 1;

    /** A step of software. */
    static final int STEP = 2;

    /** Something that the hardware did. */
    static final int EVENT = 3;

    /** A turn of the story. */
    static final int TURN = 6;

    /** What the story is about: where the run differs, and what broke. */
    static final int POINT = 20;

    /** Procedures that only carry out what others want. */
    private static final Set<String> CARRIERS =
            Set.of(
                    "process_one_work",
                    "task_work_run",
                    "qi_submit_sync",
                    "arm_smmu_cmdq_issue_cmdlist",
                    "iommu_queue_command",
                    "idxd_cmd_exec",
                    "mmput");

    private static final Set<Kind> TURNS =
            EnumSet.of(
                    Kind.PASID_FREED,
                    Kind.BOUND,
                    Kind.CUT,
                    Kind.DEVICE_STOPPED,
                    Kind.DRAINED,
                    Kind.UNBOUND,
                    Kind.SIGNAL,
                    Kind.MM_EXITING,
                    Kind.MM_FREED);

    private static final Set<Kind> EVENTS =
            EnumSet.of(
                    Kind.INTERRUPT,
                    Kind.PASID_ALLOCATED,
                    Kind.FILE_RELEASED,
                    Kind.RANGE_INVALIDATE,
                    Kind.RANGE_INVALIDATED,
                    Kind.INVALIDATION_SENT,
                    Kind.INVALIDATION_COMPLETED,
                    Kind.PAGE_REQUESTED,
                    Kind.PAGE_REQUEST_QUEUED,
                    Kind.PAGE_REQUEST_ANSWERED,
                    Kind.PAGE_GROUP_ANSWERED,
                    Kind.WORK_ACCEPTED,
                    Kind.WORK_DONE,
                    Kind.REFERENCE_ADDED);

    /** Told of the frames only that it is about. */
    private static final Set<Kind> OF_FRAMES =
            EnumSet.of(
                    Kind.FRAME_ALLOCATED,
                    Kind.FRAME_FREED,
                    Kind.PAGE_MAPPED,
                    Kind.PAGE_UNMAPPED,
                    Kind.ATC_FILLED,
                    Kind.DMA_READ,
                    Kind.DMA_WRITE);

    private static final Set<String> FRAME_FIELDS = Set.of("framePa", "dataPa", "outputPa");
    private static final long PAGE = -1L << 12;

    private final Set<Long> pasids = new HashSet<>();
    private final Set<Long> devices = new HashSet<>();
    private final Set<Long> spaces = new HashSet<>();
    private final Set<Long> frames = new HashSet<>();
    private final Set<Integer> tasks = new HashSet<>();
    private final Set<Long> ancestors;
    private boolean named = true;

    private Concern(Set<Long> ancestors) {
        this.ancestors = ancestors;
    }

    /**
     * @param violation null if nothing is broken: then every task is concerned
     * @param told observations up to it
     */
    static Concern of(Violation violation, List<Seen> told, Set<Long> ancestors) {
        Concern concern = new Concern(ancestors);
        if (violation != null) {
            concern.add(violation.finding());
        }
        if (concern.pasids.isEmpty() && concern.frames.isEmpty() && concern.spaces.isEmpty()) {
            concern.named = false;
            told.forEach(concern::addOwner);
        }
        told.forEach(concern::followOwner);
        told.forEach(concern::followTask);
        return concern;
    }

    private void add(Finding finding) {
        add(pasids, finding.pasid());
        add(devices, finding.requesterId());
        add(spaces, finding.mm());
        add(frames, finding.frame() == Finding.NONE ? Finding.NONE : finding.frame() & PAGE);
    }

    private static void add(Set<Long> numbers, long number) {
        if (number != Finding.NONE) {
            numbers.add(number);
        }
    }

    /** A violation that names nobody concerns everybody who has a PASID. */
    private void addOwner(Seen seen) {
        if (seen.kind() == Kind.PASID_ALLOCATED) {
            pasids.add(seen.a());
        }
    }

    /** Takes in who owns a PASID or a frame, and what else the owner has. */
    private void followOwner(Seen seen) {
        if (seen.kind() == Kind.PASID_ALLOCATED) {
            if (pasids.contains(seen.a())) {
                spaces.add(seen.b());
            }
            if (spaces.contains(seen.b())) {
                pasids.add(seen.a());
            }
        } else if (seen.kind() == Kind.PAGE_MAPPED && frames.contains(seen.c() & PAGE)) {
            spaces.add(seen.a());
        }
    }

    private void followTask(Seen seen) {
        if (seen.kind() == Kind.TASK_STARTED && spaces.contains(seen.b())) {
            tasks.add(seen.lane());
        }
    }

    /** How much the observation has to do with it. */
    int weight(Seen seen) {
        if (seen.kind() == Kind.STEP) {
            boolean told = tasks.contains(seen.lane()) || ancestors.contains(seen.id());
            return told && !isAboutLocks(seen) ? ofStep(seen) : NOTHING;
        }
        if (seen.kind() == Kind.VIOLATION) {
            return POINT;
        }
        if (TURNS.contains(seen.kind())) {
            return concerns(seen) ? TURN : NOTHING;
        }
        if (OF_FRAMES.contains(seen.kind())) {
            return isOfFrame(seen) ? EVENT : NOTHING;
        }
        if (!EVENTS.contains(seen.kind()) || named && seen.kind() == Kind.REFERENCE_ADDED) {
            return NOTHING;
        }
        boolean cause = ancestors.contains(seen.id());
        return concerns(seen) ? EVENT : cause ? STEP : NOTHING;
    }

    private static int ofStep(Seen step) {
        String procedure = step.subject().toString().replaceFirst("/.*", "");
        return CARRIERS.contains(procedure) ? PLUMBING : STEP;
    }

    private static boolean isAboutLocks(Seen step) {
        return step.subject().toString().contains("lock");
    }

    private boolean isOfFrame(Seen seen) {
        List<String> fields = seen.kind().fields();
        for (int i = 0; i < fields.size(); i++) {
            String name = fields.get(i);
            boolean frame = FRAME_FIELDS.contains(name);
            if (frame && frames.contains(seen.field(i) & PAGE)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it names the PASID; without one, whether the address space or the device. */
    private boolean concerns(Seen seen) {
        List<String> fields = seen.kind().fields();
        boolean met = false;
        for (int i = 0; i < fields.size(); i++) {
            long value = seen.field(i);
            switch (fields.get(i)) {
                case "pasid" -> {
                    return pasids.contains(value);
                }
                case "mm" -> met |= spaces.contains(value);
                case "deviceRid" -> met |= devices.contains(value);
                default -> {
                    // Says nothing of whom it is about.
                }
            }
        }
        return met;
    }
}
