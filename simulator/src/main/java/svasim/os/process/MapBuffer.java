package svasim.os.process;

import java.util.EnumSet;
import java.util.Set;
import svasim.cpu.Cpu;
import svasim.os.mm.Content;
import svasim.os.mm.Memory;
import svasim.os.mm.Mmap;
import svasim.os.mm.VmaFlag;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.program.Buffer;
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
        Content content = content(process, process.buffer(buffer));
        this.mmap = process.mm().map(content, process.size(buffer), Access.READ | Access.WRITE);
    }

    static Call<?> call(Process process, String buffer) {
        return new Call<>(MAP, new MapBuffer(process, buffer));
    }

    private static Content content(Process process, Buffer buffer) {
        Set<VmaFlag> flags = EnumSet.noneOf(VmaFlag.class);
        if (buffer.mapping() == Buffer.Mapping.SHARED) {
            flags.add(VmaFlag.SHARED);
        }
        if (buffer.hugePages()) {
            flags.add(VmaFlag.HUGE_PAGES);
        }
        if (buffer.file() == null) {
            return flags.isEmpty() ? Content.ANONYMOUS : new Content(null, 0, flags);
        }
        Memory memory = process.services().processes().memory();
        return Content.file(memory.file(buffer.file()), flags);
    }

    private Next map(Cpu cpu) {
        return Next.call(mmap.call());
    }

    private Next note(Cpu cpu) {
        process.mapped(buffer, mmap.start());
        return Next.DONE;
    }
}
