package svasim.models.gpu.svm;

import svasim.cpu.Cpu;
import svasim.models.gpu.layout.LocalRegister;
import svasim.os.mm.MigrateToDevice;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.reference.Node;

/**
 * Moves a granule into the local memory. The device holds its own accesses to it back meanwhile:
 * they would have the pages fetched again.
 */
final class BringNear {
    private static final Procedure<BringNear> MIGRATE =
            Procedure.<BringNear>named("svm_migrate_to_vram")
                    .sleeping("mmget_not_zero", 50_000, BringNear::getMm)
                    .sleeping("svm_range_evict", 50_000, BringNear::makeRoom)
                    .step("hold accesses of the GPU", 100_000, BringNear::hold)
                    .sleeping("migrate_vma_setup", 50_000, BringNear::migrate)
                    .step("let accesses go", 100_000, BringNear::letGo)
                    .sleeping("mmput", 50_000, BringNear::putMm)
                    .build();

    private final SvmSpace space;
    private final Node node;
    private final long start;

    private BringNear(SvmSpace space, long start) {
        this.space = space;
        this.start = start;
        node =
                space.vram()
                        .host()
                        .platform()
                        .references()
                        .node(space.vram().host().name() + " migration");
    }

    static Call<?> call(SvmSpace space, long start) {
        return new Call<>(MIGRATE, new BringNear(space, start));
    }

    private long bytes() {
        return space.vram().granule();
    }

    private Next getMm(Cpu cpu) {
        return space.mm().getUsersUnlessZero(node) ? Next.ON : Next.DONE;
    }

    private Next makeRoom(Cpu cpu) {
        return Next.call(MakeRoom.call(space.vram(), (int) (bytes() / Vram.PAGE)));
    }

    private Next hold(Cpu cpu) {
        space.command(cpu, LocalRegister.HOLD, start, bytes());
        return Next.ON;
    }

    private Next migrate(Cpu cpu) {
        return Next.call(new MigrateToDevice(space.mm(), start, bytes(), space).call());
    }

    private Next letGo(Cpu cpu) {
        space.command(cpu, LocalRegister.LET_GO, start, bytes());
        return Next.ON;
    }

    private Next putMm(Cpu cpu) {
        return Next.call(space.mm().putUsers(node));
    }
}
