package svasim.os.process;

import svasim.cpu.Cpu;
import svasim.os.mm.UserAccess;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.paging.Access;

/** Accesses each page of a buffer once; an access that is not permitted kills the process. */
final class TouchBuffer {
    private static final long PAGE = 4096;

    private static final Procedure<TouchBuffer> TOUCH =
            Procedure.<TouchBuffer>named("touch")
                    .sleeping("next page", 2_000, TouchBuffer::access)
                    .sleeping("check", 0, TouchBuffer::check)
                    .build();

    private final UserThread thread;
    private final long start;
    private final long bytes;
    private final int access;
    private UserAccess page;
    private long done;

    private TouchBuffer(UserThread thread, String buffer, boolean write) {
        this.thread = thread;
        this.start = thread.process().pointer(buffer);
        this.bytes = thread.process().size(buffer);
        this.access = write ? Access.WRITE : Access.READ;
    }

    static Call<?> call(UserThread thread, String buffer, boolean write) {
        return new Call<>(TOUCH, new TouchBuffer(thread, buffer, write));
    }

    private Next access(Cpu cpu) {
        if (done >= bytes || thread.signalPending()) {
            return Next.DONE;
        }
        page = new UserAccess(thread.process().mm(), start + done, access);
        return Next.call(page.call());
    }

    private Next check(Cpu cpu) {
        if (page.failed()) {
            thread.process()
                    .failed(thread, "segmentation fault at " + Long.toHexString(start + done));
            thread.process().kill("SIGSEGV");
            return Next.DONE;
        }
        done += PAGE;
        return Next.jump("next page");
    }
}
