package svasim.models.dsa.device;

import svasim.models.dsa.layout.CompletionRecord;
import svasim.models.dsa.layout.Descriptor;
import svasim.models.dsa.layout.Status;

/**
 * SWERR, four quadwords at 0xc0: keeps the first error that has no completion record; further ones
 * only set overflow, until software clears both by writing ones.
 */
final class SoftwareError {
    private static final long VALID = 1;
    private static final long OVERFLOW = 1 << 1;
    private static final long DESCRIPTOR_VALID = 1 << 2;
    private static final long QUEUE_VALID = 1 << 3;
    private static final long BATCH = 1 << 4;
    private static final long WRITE = 1 << 5;
    private static final long PRIVILEGED = 1 << 6;
    private static final int ERROR_SHIFT = 8;
    private static final int QUEUE_SHIFT = 16;
    private static final int OPERATION_SHIFT = 32;
    private static final int PASID_SHIFT = 40;
    private static final long PASID_MASK = 0xf_ffff;
    private static final int INVALID_FLAGS_SHIFT = 32;

    private final long[] quadwords = new long[4];

    long quadword(int index) {
        return quadwords[index];
    }

    /** Software writes the first quadword. */
    void clear(long ones) {
        if ((ones & quadwords[0] & VALID) != 0) {
            quadwords[0] &= ~VALID;
        }
        if ((ones & OVERFLOW) != 0) {
            quadwords[0] &= ~OVERFLOW;
        }
    }

    /** A descriptor's error that its record cannot tell, or a record that cannot be written. */
    void report(Work work, CompletionRecord record) {
        Descriptor d = work.descriptor();
        long first =
                DESCRIPTOR_VALID
                        | (work.batch() == null ? 0 : BATCH)
                        | (record.writeFault() ? WRITE : 0)
                        | (work.privileged() ? PRIVILEGED : 0)
                        | (long) d.opcode() << OPERATION_SHIFT
                        | (work.pasid() & PASID_MASK) << PASID_SHIFT;
        long flags = record.status() == Status.INVALID_FLAGS ? record.specific() : 0;
        long second = flags << INVALID_FLAGS_SHIFT | (work.batch() == null ? 0 : work.index());
        keep(work.queue().index(), record.status(), first, second, record.faultAddress());
    }

    /** A descriptor came to a queue that did not take it. */
    void refused(int queue, Status status) {
        keep(queue, status, 0, 0, 0);
    }

    private void keep(int queue, Status status, long first, long second, long faultAddress) {
        if ((quadwords[0] & VALID) != 0) {
            quadwords[0] |= OVERFLOW;
            return;
        }
        quadwords[0] =
                first
                        | VALID
                        | QUEUE_VALID
                        | (long) status.code() << ERROR_SHIFT
                        | (long) queue << QUEUE_SHIFT;
        quadwords[1] = second;
        quadwords[2] = faultAddress;
    }
}
