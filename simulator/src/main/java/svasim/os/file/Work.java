package svasim.os.file;

import svasim.os.mm.Mm;
import svasim.os.program.Retry;

/**
 * One piece of work that a program wants a device to do.
 *
 * @param description record of the model's {@code workType()}
 * @param mm address space of the thread that submits
 * @param buffers where the buffers of its process lie
 * @param thread the thread that submits
 * @param retry what the program does when a shared queue of the device is full
 */
public record Work(Object description, Mm mm, Buffers buffers, Job.Waiting thread, Retry retry) {
    /** The buffers of a process, by name. */
    public interface Buffers {
        /**
         * Virtual address of the buffer's first byte.
         *
         * @throws IllegalArgumentException if the process has no such buffer
         */
        long address(String buffer);

        /** Size in bytes. */
        long size(String buffer);
    }

    /** The description, as the model's own type. */
    public <W> W as(Class<W> type) {
        return type.cast(description);
    }
}
