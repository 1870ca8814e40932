package svasim.models.zip.layout;

/**
 * Tells the queue manager of new entries, or of completions that were read: one quadword.
 *
 * @param queue number of the queue pair, 12 bits
 * @param command {@link #SQ} or {@link #CQ}
 * @param index tail of the submission queue, or head of the completion queue
 */
public record Doorbell(int queue, int command, int index) {
    public static final int SQ = 0;
    public static final int CQ = 1;

    private static final int QUEUE_MASK = 0xFFF;
    private static final int COMMAND_SHIFT = 12;
    private static final int INDEX_SHIFT = 32;

    public long toWord() {
        return queue & QUEUE_MASK | (long) command << COMMAND_SHIFT | (long) index << INDEX_SHIFT;
    }

    public static Doorbell of(long word) {
        return new Doorbell(
                (int) word & QUEUE_MASK,
                (int) (word >>> COMMAND_SHIFT) & 0xF,
                (int) (word >>> INDEX_SHIFT) & 0xFFFF);
    }
}
