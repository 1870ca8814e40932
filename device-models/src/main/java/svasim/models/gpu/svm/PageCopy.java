package svasim.models.gpu.svm;

import java.util.List;
import svasim.cpu.Cpu;
import svasim.models.gpu.layout.LocalRegister;
import svasim.os.iommu.DmaBuffer;
import svasim.os.mm.DevicePage;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.units.Picoseconds;

/** Has the device copy pages; those that it cannot copy are lost. */
final class PageCopy {
    private static final long POLL_PS = Picoseconds.PER_MICROSECOND;

    /** What a read of a device that is not there gives. */
    private static final long NOBODY = -1;

    private static final Procedure<PageCopy> COPY =
            Procedure.<PageCopy>named("svm_migrate_copy_memory")
                    .sleeping("dma_map_page", 50_000, PageCopy::map)
                    .step("fill SDMA ring", 100_000, PageCopy::start)
                    .sleeping("wait for SDMA", 20_000, PageCopy::look)
                    .sleeping("look again", 1_000, (frame, cpu) -> Next.jump("wait for SDMA"))
                    .sleeping("dma_unmap_page", 50_000, PageCopy::unmap)
                    .build();

    private final Vram vram;
    private final long command;
    private final List<DevicePage> pages;
    private final DmaBuffer buffer;
    private long resets;
    private long last;

    private PageCopy(Vram vram, long command, List<Long> frames, List<DevicePage> pages) {
        this.vram = vram;
        this.command = command;
        this.pages = pages;
        buffer = DmaBuffer.ofPages(vram.host().device(), frames);
    }

    /**
     * @param frames of the system, in the order of the pages
     */
    static Call<?> in(Vram vram, List<Long> frames, List<DevicePage> pages) {
        return new Call<>(COPY, new PageCopy(vram, LocalRegister.COPY_IN, frames, pages));
    }

    static Call<?> out(Vram vram, long frame, DevicePage page) {
        List<DevicePage> pages = List.of(page);
        return new Call<>(COPY, new PageCopy(vram, LocalRegister.COPY_OUT, List.of(frame), pages));
    }

    private Next map(Cpu cpu) {
        resets = vram.resets();
        return Next.call(vram.host().dma().map(buffer));
    }

    private Next start(Cpu cpu) {
        if (!buffer.isMapped() || resets != vram.resets()) {
            pages.forEach(vram::lose);
            return Next.jump("dma_unmap_page");
        }
        for (int number = 0; number < pages.size(); number++) {
            long system = buffer.iova() + number * Vram.PAGE;
            last = vram.copy(cpu, command, system, pages.get(number));
        }
        return Next.ON;
    }

    private Next look(Cpu cpu) {
        long ended = vram.read(cpu, LocalRegister.COPIES_ENDED);
        boolean gone = ended == NOBODY || resets != vram.resets();
        if (!gone && ended < last) {
            return Next.sleep(POLL_PS);
        }
        if (gone || vram.hasNewErrors(cpu)) {
            pages.forEach(vram::lose);
        }
        return Next.jump("dma_unmap_page");
    }

    private Next unmap(Cpu cpu) {
        return buffer.isMapped() ? Next.call(vram.host().dma().unmap(buffer)) : Next.DONE;
    }
}
