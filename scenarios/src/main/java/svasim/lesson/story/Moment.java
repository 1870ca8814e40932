package svasim.lesson.story;

import svasim.trace.Kind;

/**
 * What a step means.
 *
 * @param phase null if it belongs to none
 * @param label of a step of software; empty for anything else
 */
public record Moment(Kind kind, Phase phase, long pasid, String label) {
    /** Whether it is of a kind that every IOMMU and every device tells alike. */
    public boolean isOfEveryUnit() {
        return switch (kind) {
            case REGISTER_WRITTEN, COMMAND_EXECUTED, CACHE_INVALIDATED, WAIT_COMPLETED -> false;
            case TABLE_WRITTEN, FRAME_ALLOCATED, FRAME_FREED, LINE_HELD -> false;
            case LINE_WRITTEN_BACK, WALK_READ, WALK_UPDATED, TASK_WAITS, TASK_WOKEN -> false;
            case TLP_SENT, TLP_RECEIVED, CONFIG_WRITTEN -> false;
            default -> true;
        };
    }
}
