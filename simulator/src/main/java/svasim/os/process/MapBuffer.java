package svasim.os.process;

import svasim.cpu.Cpu;
import svasim.os.mm.Mmap;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.paging.Access;

/** Maps a buffer of a process as anonymous memory, readable and writable. */
final class MapBuffer {
    private static final Procedure<MapBuffer> MAP =
            Procedure.<MapBuffer>named("mmap")
                    .sleeping("enter", 60_000, MapBuffer::map)
                    .sleeping("leave", 20_000, MapBuffer::note)
                    .build();

    private final Process process;
    private final String buffer;
    private final Mmap mmap;

    private MapBuffer(Process process, String buffer) {
        this.process = process;
        this.buffer = buffer;
        this.mmap = process.mm().mapAnonymous(process.size(buffer), Access.READ | Access.WRITE);
    }

    static Call<?> call(Process process, String buffer) {
        return new Call<>(MAP, new MapBuffer(process, buffer));
    }

    private Next map(Cpu cpu) {
        return Next.call(mmap.call());
    }

    private Next note(Cpu cpu) {
        process.mapped(buffer, mmap.start());
        return Next.DONE;
    }
}
