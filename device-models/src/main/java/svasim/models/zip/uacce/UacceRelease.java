package svasim.models.zip.uacce;

import svasim.cpu.Cpu;
import svasim.os.file.OpenFile;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** uacce_fops_release: stops the queues, puts them back, and unbinds. */
final class UacceRelease {
    private static final Procedure<UacceRelease> RELEASE =
            Procedure.<UacceRelease>named("uacce_fops_release")
                    .sleeping("stop queues", 50_000, UacceRelease::stop)
                    .sleeping("iommu_sva_unbind_device", 50_000, UacceRelease::unbind)
                    .sleeping("free queues", 50_000, UacceRelease::freeNext)
                    .build();

    private final ZipDriver driver;
    private final OpenFile file;
    private final UacceContext context;
    private int freed;

    private UacceRelease(ZipDriver driver, OpenFile file) {
        this.driver = driver;
        this.file = file;
        this.context = file.context(UacceContext.class);
    }

    static Call<?> call(ZipDriver driver, OpenFile file) {
        return new Call<>(RELEASE, new UacceRelease(driver, file));
    }

    private Next stop(Cpu cpu) {
        return context == null ? Next.DONE : Next.call(UacceStop.call(context));
    }

    private Next unbind(Cpu cpu) {
        return Next.call(driver.host().sva().unbind(context.bond()));
    }

    private Next freeNext(Cpu cpu) {
        if (freed == context.queues().size()) {
            file.keep(null);
            driver.errorHandlers().remove(context);
            return Next.DONE;
        }
        UserQueue queue = context.queues().get(freed++);
        driver.giveQueue(queue.number());
        return new Next.EnterAgain(driver.host().dma().unmap(queue.region().memory()));
    }
}
