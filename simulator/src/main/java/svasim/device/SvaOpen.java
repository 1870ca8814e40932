package svasim.device;

import svasim.cpu.Cpu;
import svasim.os.file.OpenFile;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.sva.BindRequest;

/** open(2) of a device whose file holds the bond. */
final class SvaOpen {
    private static final Procedure<SvaOpen> OPEN =
            Procedure.<SvaOpen>named("sva_open")
                    .sleeping("take device", 50_000, SvaOpen::take)
                    .sleeping("iommu_sva_bind_device", 50_000, SvaOpen::bind)
                    .sleeping("start device", 50_000, SvaOpen::start)
                    .build();

    private final SvaDriver driver;
    private final OpenFile file;
    private BindRequest request;

    private SvaOpen(SvaDriver driver, OpenFile file) {
        this.driver = driver;
        this.file = file;
    }

    static Call<?> call(SvaDriver driver, OpenFile file) {
        return new Call<>(OPEN, new SvaOpen(driver, file));
    }

    private Next take(Cpu cpu) {
        if (driver.take(file)) {
            return Next.ON;
        }
        file.refuse(driver.name() + ": in use");
        return Next.DONE;
    }

    private Next bind(Cpu cpu) {
        request =
                new BindRequest(driver.host().device(), file.openedBy(), file.node())
                        .with(driver.subset())
                        .onExit((bond, maySleep) -> SvaStop.onExit(driver, bond, maySleep));
        return Next.call(driver.host().sva().bind(request));
    }

    private Next start(Cpu cpu) {
        if (request.bond() == null) {
            driver.give();
            file.refuse(request.refusal());
        } else {
            driver.start(cpu, request.bond().requestPasid());
            file.keep(request.bond());
        }
        return Next.DONE;
    }
}
