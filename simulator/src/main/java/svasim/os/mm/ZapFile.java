package svasim.os.mm;

import java.util.Iterator;
import java.util.List;
import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/**
 * unmap_mapping_range: takes every page of a device file out of every address space. The mappings
 * stay, but what they led to does not.
 */
final class ZapFile {
    private static final Procedure<ZapFile> ZAP =
            Procedure.<ZapFile>named("unmap_mapping_range")
                    .step("next mapping", 50_000, ZapFile::next)
                    .step("zap_page_range", 100_000, ZapFile::zap)
                    .sleeping("flush", 50_000, ZapFile::flush)
                    .build();

    private record Place(Mm mm, Vma vma) {}

    private final Iterator<Place> places;
    private Place place;

    private ZapFile(List<Place> places) {
        this.places = places.iterator();
    }

    static Call<?> call(List<Mm> spaces, Backing file) {
        List<Place> places =
                spaces.stream()
                        .flatMap(mm -> mm.vmas().all().stream().map(vma -> new Place(mm, vma)))
                        .filter(place -> place.vma().file() == file)
                        .toList();
        return new Call<>(ZAP, new ZapFile(places));
    }

    /** One that was unmapped meanwhile is passed over. */
    private Next next(Cpu cpu) {
        while (places.hasNext()) {
            place = places.next();
            if (place.mm().vmas().at(place.vma().start()) == place.vma()) {
                return Next.ON;
            }
        }
        return Next.DONE;
    }

    private Next zap(Cpu cpu) {
        if (place.mm().tableLock().isTaken()) {
            return Next.AGAIN;
        }
        Unmapping.unmap(place.mm(), place.vma(), cpu, new Gather());
        return Next.call(TlbFlush.of(place.mm(), place.vma().start(), place.vma().end()));
    }

    private Next flush(Cpu cpu) {
        return Next.jump("next mapping");
    }
}
