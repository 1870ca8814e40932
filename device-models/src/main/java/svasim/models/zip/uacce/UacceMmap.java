package svasim.models.zip.uacce;

import svasim.cpu.Cpu;
import svasim.device.QueueRegion;
import svasim.models.zip.layout.Registers;
import svasim.os.file.DeviceMapping;
import svasim.os.file.OpenFile;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** uacce_fops_mmap of the region of doorbells: one page, once, by the opener. */
final class UacceMmap {
    private static final Procedure<UacceMmap> MMAP =
            Procedure.<UacceMmap>named("uacce_fops_mmap")
                    .step("map doorbells", 200_000, UacceMmap::map)
                    .build();

    private final ZipDriver driver;
    private final OpenFile file;
    private final DeviceMapping mapping;

    private UacceMmap(ZipDriver driver, OpenFile file, DeviceMapping mapping) {
        this.driver = driver;
        this.file = file;
        this.mapping = mapping;
    }

    static Call<?> call(ZipDriver driver, OpenFile file, DeviceMapping mapping) {
        return new Call<>(MMAP, new UacceMmap(driver, file, mapping));
    }

    private Next map(Cpu cpu) {
        UacceContext context = file.context(UacceContext.class);
        if (context == null) {
            mapping.refuse("the file is not open");
        } else if (mapping.mm() != file.openedBy()) {
            mapping.refuse("the file was opened by another address space");
        } else if (mapping.bytes() > Registers.PAGE_BYTES) {
            mapping.refuse("the doorbells are one page");
        } else {
            mapRegion(context.mapOnce(driver.host()));
        }
        return Next.DONE;
    }

    private void mapRegion(QueueRegion region) {
        if (region == null) {
            mapping.refuse("a region is mapped once (-EEXIST)");
        } else {
            mapping.operations(region);
            mapping.at(driver.register(Registers.DOORBELL));
        }
    }
}
