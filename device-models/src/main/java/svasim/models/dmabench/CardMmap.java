package svasim.models.dmabench;

import svasim.cpu.Cpu;
import svasim.os.file.DeviceMapping;
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
    private final DeviceMapping mapping;

    private CardMmap(DmaBenchDriver driver, DeviceMapping mapping) {
        this.driver = driver;
        this.mapping = mapping;
    }

    static Call<?> call(DmaBenchDriver driver, DeviceMapping mapping) {
        return new Call<>(MMAP, new CardMmap(driver, mapping));
    }

    private Next map(Cpu cpu) {
        if (mapping.bytes() > CardRegister.BAR_BYTES) {
            mapping.refuse("the registers are one page");
        } else {
            mapping.at(driver.host().bar(CardRegister.BAR));
        }
        return Next.DONE;
    }
}
