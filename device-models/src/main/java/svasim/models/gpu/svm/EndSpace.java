package svasim.models.gpu.svm;

import java.util.ArrayDeque;
import java.util.Deque;
import svasim.cpu.Cpu;
import svasim.os.mm.DevicePage;
import svasim.os.mm.MigrateToRam;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** A context ends whose process may live on: its pages come back. */
final class EndSpace {
    private static final Procedure<EndSpace> END =
            Procedure.<EndSpace>named("svm_range_list_fini")
                    .sleeping("mmget_not_zero", 50_000, EndSpace::getMm)
                    .sleeping("migrate_to_ram", 50_000, EndSpace::fetch)
                    .sleeping("mmput", 50_000, EndSpace::putMm)
                    .sleeping("mmu_interval_notifier_remove", 50_000, EndSpace::unregister)
                    .build();

    private final SvmSpace space;
    private Deque<DevicePage> left;

    private EndSpace(SvmSpace space) {
        this.space = space;
    }

    static Call<?> call(SvmSpace space) {
        return new Call<>(END, new EndSpace(space));
    }

    /** The end of a process takes its pages with it. */
    private Next getMm(Cpu cpu) {
        boolean lives = space.mm().getUsersUnlessZero(space.node());
        return lives ? Next.ON : Next.jump("mmu_interval_notifier_remove");
    }

    private Next fetch(Cpu cpu) {
        if (left == null) {
            left = new ArrayDeque<>(space.vram().all());
        }
        DevicePage page = left.poll();
        if (page == null) {
            return Next.ON;
        }
        boolean own = page.anyUser() == space.mm();
        return own
                ? new Next.EnterAgain(new MigrateToRam(space.mm(), page.addressOfAnyUser()).call())
                : Next.AGAIN;
    }

    private Next putMm(Cpu cpu) {
        return Next.call(space.mm().putUsers(space.node()));
    }

    private Next unregister(Cpu cpu) {
        return Next.call(space.mm().unregister(space));
    }
}
