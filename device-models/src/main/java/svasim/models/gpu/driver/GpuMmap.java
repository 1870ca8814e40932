package svasim.models.gpu.driver;

import svasim.cpu.Cpu;
import svasim.models.gpu.layout.Register;
import svasim.os.file.DeviceMapping;
import svasim.os.file.OpenFile;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** Maps the page of doorbells, for the opener only. */
final class GpuMmap {
    private static final Procedure<GpuMmap> MMAP =
            Procedure.<GpuMmap>named("kfd_doorbell_mmap")
                    .step("map doorbells", 200_000, GpuMmap::map)
                    .build();

    private final GpuDriver driver;
    private final OpenFile file;
    private final DeviceMapping mapping;

    private GpuMmap(GpuDriver driver, OpenFile file, DeviceMapping mapping) {
        this.driver = driver;
        this.file = file;
        this.mapping = mapping;
    }

    static Call<?> call(GpuDriver driver, OpenFile file, DeviceMapping mapping) {
        return new Call<>(MMAP, new GpuMmap(driver, file, mapping));
    }

    private Next map(Cpu cpu) {
        if (mapping.mm() != file.openedBy()) {
            mapping.refuse("the file was opened by another address space");
        } else if (mapping.bytes() > Register.DOORBELL_BYTES) {
            mapping.refuse("the doorbells are one page");
        } else {
            mapping.at(driver.doorbell(0));
        }
        return Next.DONE;
    }
}
