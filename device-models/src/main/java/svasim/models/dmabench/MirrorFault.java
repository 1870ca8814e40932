package svasim.models.dmabench;

import svasim.cpu.Cpu;
import svasim.device.MirrorFill;
import svasim.device.ProcessMirror;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.reference.Node;

/** A worker handles the faults of a card with a mirrored page table, page by page. */
final class MirrorFault {
    private static final String READ = "read fault";

    private static final Procedure<MirrorFault> HANDLE =
            Procedure.<MirrorFault>named("dma_bench_fault")
                    .sleeping(READ, 100_000, MirrorFault::read)
                    .sleeping("fill mirror", 20_000, MirrorFault::fill)
                    .sleeping("answer", 20_000, MirrorFault::answer)
                    .build();

    private final DmaBenchDriver driver;
    private final ProcessMirror mirror;
    private final Node node;
    private long page;
    private MirrorFill fill;

    private MirrorFault(DmaBenchDriver driver, ProcessMirror mirror) {
        this.driver = driver;
        this.mirror = mirror;
        this.node = driver.host().platform().references().node(driver.name() + " fault worker");
    }

    static Call<?> call(DmaBenchDriver driver, ProcessMirror mirror) {
        return new Call<>(HANDLE, new MirrorFault(driver, mirror));
    }

    private Next read(Cpu cpu) {
        long value = driver.read(cpu, CardRegister.FAULT);
        if (value == CardMmu.NO_FAULT) {
            return Next.DONE;
        }
        boolean write = (value & CardMmu.WRITE_FAULT) != 0;
        page = value & ~CardMmu.WRITE_FAULT;
        fill = new MirrorFill(mirror, node, page, 1, write);
        return Next.ON;
    }

    private Next fill(Cpu cpu) {
        return Next.call(fill.call());
    }

    /** Writing the entry was the answer, if there is one. */
    private Next answer(Cpu cpu) {
        if (!fill.isComplete()) {
            driver.cardTable().refuse(cpu, page);
        }
        return Next.jump(READ);
    }
}
