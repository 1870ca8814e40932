package svasim.os.process;

import svasim.cpu.Cpu;
import svasim.kernel.RandomStream;
import svasim.os.mm.UserAccess;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.program.Buffer;
import svasim.paging.Access;

/** Writes a buffer's pattern into it, page by page, as a program would. */
final class FillBuffer {
    private static final int FIRST_LETTER = 'a';
    private static final int LETTERS = 4;
    private static final int PAGE = 4096;

    /** A core writes about 10 bytes in a nanosecond. */
    private static final long PAGE_PS = 400_000;

    private static final Procedure<FillBuffer> FILL =
            Procedure.<FillBuffer>named("fill buffer")
                    .sleeping("next page", 0, FillBuffer::access)
                    .sleeping("write", PAGE_PS, FillBuffer::write)
                    .build();

    private final Process process;
    private final Buffer.Fill fill;
    private final long start;
    private final long bytes;
    private final RandomStream random;
    private UserAccess access;
    private long done;

    private FillBuffer(Process process, String buffer, Buffer.Fill fill) {
        this.process = process;
        this.fill = fill;
        this.start = process.pointer(buffer);
        this.bytes = process.size(buffer);
        this.random = process.services().platform().kernel().random(process.name() + "." + buffer);
    }

    static Call<?> call(Process process, String buffer) {
        return call(process, buffer, process.buffer(buffer).fill());
    }

    static Call<?> call(Process process, String buffer, Buffer.Fill fill) {
        return new Call<>(FILL, new FillBuffer(process, buffer, fill));
    }

    private Next access(Cpu cpu) {
        if (done >= bytes) {
            return Next.DONE;
        }
        access = new UserAccess(process.mm(), start + done, Access.WRITE);
        return Next.call(access.call());
    }

    private Next write(Cpu cpu) {
        if (access.failed()) {
            process.kill("SIGSEGV");
            return Next.DONE;
        }
        long physical = access.physicalNow(cpu);
        if (physical == UserAccess.NOT_THERE) {
            return Next.jump("next page");
        }
        byte[] page = pattern((int) Math.min(PAGE, bytes - done));
        process.services().platform().memory().write(physical, page, 0, page.length);
        done += page.length;
        return Next.jump("next page");
    }

    /** Few letters: chance repeats groups of them, so that text can be compressed to a half. */
    private byte[] pattern(int length) {
        byte[] page = new byte[length];
        for (int i = 0; i < length; i++) {
            page[i] =
                    switch (fill) {
                        case COUNTING -> (byte) (done + i);
                        case RANDOM -> (byte) random.next();
                        case TEXT -> (byte) (FIRST_LETTER + (random.next() & LETTERS - 1));
                        default -> 0;
                    };
        }
        return page;
    }
}
