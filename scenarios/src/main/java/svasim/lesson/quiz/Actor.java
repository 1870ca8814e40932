package svasim.lesson.quiz;

import java.util.List;
import svasim.trace.Kind;

/** Who does something? */
final class Actor implements Template {
    static final String PROGRAM = "the program, on a core";
    static final String KERNEL = "the kernel";
    static final String IOMMU = "the IOMMU";
    static final String DEVICE = "the device";

    @Override
    public String name() {
        return "who";
    }

    @Override
    public List<Integer> moments(Reading reading) {
        return reading.all(
                step ->
                        reading.simple().contains(step)
                                && who(reading.kind(step)) != null
                                && !saysWho(reading, step));
    }

    /** Whether the sentence gives the answer away. */
    private static boolean saysWho(Reading reading, int step) {
        String text = reading.tell(step);
        return text.contains(reading.lane(step))
                || text.matches("(?i)the .*(iommu|device|kernel).*");
    }

    /** Null if it is a matter of the step. */
    private static String who(Kind kind) {
        return switch (kind) {
            case CPU_FAULT, ENQUEUED -> PROGRAM;
            case PASID_ALLOCATED, PASID_FREED, BOUND, CUT, DRAINED, UNBOUND, UNBINDING -> KERNEL;
            case PAGE_FAULT_HANDLED, PAGE_MAPPED, PAGE_UNMAPPED, MM_EXITING -> KERNEL;
            case FRAME_FREED, MM_FREED, PASID_FIXED_UP -> KERNEL;
            case TRANSLATED, TRANSLATION_MISSED, TRANSLATION_FAULTED, FAULT_RECORDED -> IOMMU;
            case WALK_UPDATED, INVALIDATION_SENT, WAIT_COMPLETED, COMMAND_EXECUTED -> IOMMU;
            case PAGE_REQUEST_QUEUED -> IOMMU;
            case ATC_HIT, ATC_MISS, ATC_FILLED, ATC_INVALIDATED, PAGE_REQUESTED -> DEVICE;
            case WORK_STARTED, WORK_DONE -> DEVICE;
            default -> null;
        };
    }

    @Override
    public Question ask(Reading reading, int step, Draw draw) {
        String who = who(reading.kind(step));
        return question(
                step,
                "Who does this? \"" + reading.tell(step) + "\"",
                Draw.inOrder(who, List.of(PROGRAM, KERNEL, IOMMU, DEVICE)),
                step,
                "It happens in the lane \"" + reading.lane(step) + "\".");
    }
}
