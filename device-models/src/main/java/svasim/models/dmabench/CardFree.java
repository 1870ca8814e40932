package svasim.models.dmabench;

import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** A worker gives back what a process has had, after its address space went. */
final class CardFree {
    private static final Procedure<CardFree> FREE =
            Procedure.<CardFree>named("kfd_process_wq_release")
                    .sleeping("unbind", 50_000, CardFree::unbind)
                    .step("free card", 50_000, CardFree::free)
                    .build();

    private final DmaBenchDriver driver;
    private final CardContext context;

    private CardFree(DmaBenchDriver driver, CardContext context) {
        this.driver = driver;
        this.context = context;
    }

    static Call<?> call(DmaBenchDriver driver, CardContext context) {
        return new Call<>(FREE, new CardFree(driver, context));
    }

    private Next unbind(Cpu cpu) {
        driver.host().sva().deviceStopped(context.bond());
        return Next.call(context.unbind(driver.host().sva()));
    }

    private Next free(Cpu cpu) {
        driver.give();
        return Next.DONE;
    }
}
