package svasim.os.enqcmd;

/** How a submission to a shared queue has ended. */
public enum Enqueued {
    /** The device has taken the descriptor. */
    ACCEPTED,
    /** The queue was full at every attempt; nothing has happened. */
    GAVE_UP,
    /** The portal is not mapped, or the task may have no PASID: SIGSEGV. */
    SEGMENTATION_FAULT
}
