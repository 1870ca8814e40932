package svasim.models.gpu.svm;

import svasim.cpu.Cpu;
import svasim.os.mm.DevicePage;
import svasim.os.mm.MigrateToRam;
import svasim.os.mm.Mm;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.reference.Node;

/**
 * Makes room in the local memory: the pages go that came first, which are those of the granule that
 * was brought near the longest ago. Pages of a process that is ending are left to its end.
 */
final class MakeRoom {
    private static final String LOOK = "find oldest";

    private static final Procedure<MakeRoom> EVICT =
            Procedure.<MakeRoom>named("svm_range_evict")
                    .sleeping(LOOK, 50_000, MakeRoom::look)
                    .sleeping("migrate_device_range", 50_000, MakeRoom::fetch)
                    .sleeping("mmput", 50_000, MakeRoom::putMm)
                    .sleeping("next page", 0, (frame, cpu) -> Next.jump(LOOK))
                    .build();

    private final Vram vram;
    private final int pages;
    private final Node node;
    private DevicePage victim;
    private Mm mm;
    private int attempts;

    private MakeRoom(Vram vram, int pages) {
        this.vram = vram;
        this.pages = pages;
        attempts = vram.all().size();
        node = vram.host().platform().references().node(vram.host().name() + " eviction");
    }

    /**
     * @param pages that are to be free, if that can be had
     */
    static Call<?> call(Vram vram, int pages) {
        return new Call<>(EVICT, new MakeRoom(vram, pages));
    }

    private Next look(Cpu cpu) {
        victim = vram.oldest();
        if (vram.free() >= pages || victim == null || attempts-- == 0) {
            return Next.DONE;
        }
        mm = victim.anyUser();
        if (mm == null || !mm.getUsersUnlessZero(node)) {
            vram.postpone(victim);
            return Next.jump(LOOK);
        }
        return Next.ON;
    }

    private Next fetch(Cpu cpu) {
        boolean gone = victim.anyUser() != mm;
        return gone ? Next.ON : Next.call(new MigrateToRam(mm, victim.addressOfAnyUser()).call());
    }

    private Next putMm(Cpu cpu) {
        return Next.call(mm.putUsers(node));
    }
}
