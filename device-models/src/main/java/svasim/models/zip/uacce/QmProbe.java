package svasim.models.zip.uacce;

import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** hisi_zip_probe and its counterpart: the page in which contexts are handed over. */
final class QmProbe {
    private static final Procedure<ZipDriver> PROBE =
            Procedure.<ZipDriver>named("hisi_zip_probe")
                    .sleeping("allocate context page", 100_000, QmProbe::allocate)
                    .build();

    private static final Procedure<ZipDriver> REMOVE =
            Procedure.<ZipDriver>named("hisi_zip_remove")
                    .sleeping("free context page", 100_000, QmProbe::free)
                    .build();

    private QmProbe() {}

    static Call<?> probe(ZipDriver driver) {
        return new Call<>(PROBE, driver);
    }

    static Call<?> remove(ZipDriver driver) {
        return new Call<>(REMOVE, driver);
    }

    private static Next allocate(ZipDriver driver, Cpu cpu) {
        return Next.call(driver.host().dma().map(driver.contexts()));
    }

    private static Next free(ZipDriver driver, Cpu cpu) {
        return Next.call(driver.host().dma().unmap(driver.contexts()));
    }
}
