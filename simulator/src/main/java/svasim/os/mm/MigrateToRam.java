package svasim.os.mm;

import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** Fetches a page out of the memory of a device, whatever its mapping permits. */
public final class MigrateToRam {
    private static final Procedure<MigrateToRam> FETCH =
            Procedure.<MigrateToRam>named("migrate_device_range")
                    .sleeping("take mmap_lock", 40_000, MigrateToRam::lock)
                    .sleeping("migrate page", 80_000, MigrateToRam::fetch)
                    .sleeping("release mmap_lock", 40_000, MigrateToRam::unlock)
                    .build();

    private final Mm mm;
    private final long va;

    /** The caller holds mm_users. */
    public MigrateToRam(Mm mm, long va) {
        this.mm = mm;
        this.va = va;
    }

    public Call<?> call() {
        return new Call<>(FETCH, this);
    }

    private Next lock(Cpu cpu) {
        return mm.lock().read(this);
    }

    private Next fetch(Cpu cpu) {
        DevicePage page = mm.devicePage(va);
        if (page == null || page.memory().isLost(page)) {
            return Next.ON;
        }
        return new Next.EnterAgain(DeviceFault.call(new Fault(mm, mm.vmas().at(va), va, 0)));
    }

    private Next unlock(Cpu cpu) {
        mm.lock().give(this);
        return Next.DONE;
    }
}
