package svasim.os.mm;

import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.reference.Node;

/** mmdrop: gives a reference on the struct back; the last one frees it and what lived with it. */
final class MmDrop {
    private static final Procedure<MmDrop> MMDROP =
            Procedure.<MmDrop>named("mmdrop")
                    .step("drop mm_count", 30_000, MmDrop::dropCount)
                    .step("free pgd", 200_000, MmDrop::freeTop)
                    .step("mm_pasid_drop", 100_000, MmDrop::tellEnds)
                    .step("free mm_struct", 100_000, MmDrop::freeStruct)
                    .build();

    private static final Procedure<MmDrop> AFTER_GRACE_PERIOD =
            Procedure.<MmDrop>named("mmu_notifier_free_rcu")
                    .sleeping("wait for SRCU readers", 50_000, MmDrop::waitForReaders)
                    .sleeping("mmdrop", 30_000, MmDrop::drop)
                    .build();

    private final Mm mm;
    private final Node holder;

    private MmDrop(Mm mm, Node holder) {
        this.mm = mm;
        this.holder = holder;
    }

    static Call<?> call(Mm mm, Node holder) {
        return new Call<>(MMDROP, new MmDrop(mm, holder));
    }

    static Call<?> afterGracePeriod(Mm mm, Node holder) {
        return new Call<>(AFTER_GRACE_PERIOD, new MmDrop(mm, holder));
    }

    private Next drop(Cpu cpu) {
        return Next.call(mm.drop(holder));
    }

    private Next waitForReaders(Cpu cpu) {
        return mm.platform().scheduler().gracePeriod();
    }

    private Next dropCount(Cpu cpu) {
        return mm.dropCount(holder) ? Next.ON : Next.DONE;
    }

    private Next freeTop(Cpu cpu) {
        mm.memory().kernel().tables().remove(mm);
        mm.tables().freeRoot();
        return Next.ON;
    }

    private Next tellEnds(Cpu cpu) {
        mm.ends().forEach(end -> end.structGone(mm));
        return Next.ON;
    }

    private Next freeStruct(Cpu cpu) {
        mm.freed();
        return Next.DONE;
    }
}
