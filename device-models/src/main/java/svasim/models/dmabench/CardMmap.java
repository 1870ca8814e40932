package svasim.models.dmabench;

import svasim.cpu.Cpu;
import svasim.device.DriverStyle;
import svasim.device.QueueRegion;
import svasim.os.file.DeviceMapping;
import svasim.os.file.OpenFile;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** Maps the card's registers: one page. */
final class CardMmap {
    private static final Procedure<CardMmap> MMAP =
            Procedure.<CardMmap>named("dma_bench_mmap")
                    .step("map registers", 200_000, CardMmap::map)
                    .build();

    private final DmaBenchDriver driver;
    private final OpenFile file;
    private final DeviceMapping mapping;

    private CardMmap(DmaBenchDriver driver, OpenFile file, DeviceMapping mapping) {
        this.driver = driver;
        this.file = file;
        this.mapping = mapping;
    }

    static Call<?> call(DmaBenchDriver driver, OpenFile file, DeviceMapping mapping) {
        return new Call<>(MMAP, new CardMmap(driver, file, mapping));
    }

    private Next map(Cpu cpu) {
        if (mapping.bytes() > CardRegister.BAR_BYTES) {
            mapping.refuse("the registers are one page");
        } else if (driver.style() == DriverStyle.UACCE) {
            mapRegion();
        } else {
            mapping.at(driver.host().bar(CardRegister.BAR));
        }
        return Next.DONE;
    }

    private void mapRegion() {
        CardContext context = file.context(CardContext.class);
        QueueRegion region = context == null ? null : context.mapOnce(driver.host());
        if (region == null) {
            mapping.refuse("a queue is mapped once (-EEXIST)");
        } else {
            mapping.operations(region);
            mapping.at(driver.host().bar(CardRegister.BAR));
        }
    }
}
