package svasim.guest;

import svasim.cpu.Cpu;
import svasim.memory.FrameUse;
import svasim.memory.PhysicalMemory;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/**
 * The host moves pages of a guest's processes to other frames, as compaction does with memory that
 * no device pins: taken out of the second stages, copied, and mapped where it is now. A device that
 * asks meanwhile finds nothing.
 */
final class MoveMemory {
    private static final String UNMAP = "unmap from second stage";

    private static final Procedure<MoveMemory> MOVE =
            Procedure.<MoveMemory>named("compact_guest_memory")
                    .sleeping(UNMAP, 500_000, MoveMemory::unmapNext)
                    .sleeping("copy to another frame", 1_000_000, MoveMemory::copy)
                    .sleeping("map in second stage", 500_000, MoveMemory::map)
                    .sleeping("next page", 0, (frame, cpu) -> Next.jump(UNMAP))
                    .build();

    private final Guest guest;
    private final GuestMemory memory;
    private long gpa = -PhysicalMemory.FRAME_BYTES;

    private MoveMemory(Guest guest) {
        this.guest = guest;
        this.memory = guest.memory();
    }

    static Call<?> call(Guest guest) {
        return new Call<>(MOVE, new MoveMemory(guest));
    }

    private Next unmapNext(Cpu cpu) {
        do {
            gpa += PhysicalMemory.FRAME_BYTES;
        } while (gpa < memory.view().end() && guest.frames().use(gpa) != FrameUse.PAGE);
        boolean going = guest.state() == Guest.State.RUNNING && gpa < memory.view().end();
        return going ? Next.call(guest.stages().unmap(gpa)) : Next.DONE;
    }

    private Next copy(Cpu cpu) {
        if (memory.isThere(gpa)) {
            memory.move(gpa);
        }
        return Next.ON;
    }

    private Next map(Cpu cpu) {
        return Next.call(guest.stages().map(gpa));
    }
}
