package svasim.device;

import svasim.cpu.Cpu;
import svasim.os.file.OpenFile;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.sva.Bond;

/** Release of the file that holds the bond. */
final class SvaRelease {
    private static final Procedure<SvaRelease> RELEASE =
            Procedure.<SvaRelease>named("sva_release")
                    .sleeping("stop device", 50_000, SvaRelease::stop)
                    .sleeping("iommu_sva_unbind_device", 50_000, SvaRelease::unbind)
                    .step("give device back", 50_000, SvaRelease::free)
                    .build();

    private final SvaDriver driver;
    private final OpenFile file;
    private final Bond bond;

    private SvaRelease(SvaDriver driver, OpenFile file) {
        this.driver = driver;
        this.file = file;
        this.bond = file.context(Bond.class);
    }

    static Call<?> call(SvaDriver driver, OpenFile file) {
        return new Call<>(RELEASE, new SvaRelease(driver, file));
    }

    private Next stop(Cpu cpu) {
        return bond == null ? Next.DONE : Next.call(SvaStop.call(driver, bond));
    }

    private Next unbind(Cpu cpu) {
        return Next.call(driver.host().sva().unbind(bond));
    }

    private Next free(Cpu cpu) {
        file.keep(null);
        driver.give();
        return Next.DONE;
    }
}
