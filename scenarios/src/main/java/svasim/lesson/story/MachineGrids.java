package svasim.lesson.story;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import svasim.guest.Guest;
import svasim.iommu.core.CacheView;
import svasim.iommu.core.Iommu;
import svasim.iommu.core.QueueView;
import svasim.machine.Device;
import svasim.machine.Machine;
import svasim.memory.PhysicalMemory;
import svasim.memory.TaggedCache;
import svasim.paging.Access;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.TranslationEntry;
import svasim.report.Seen;
import svasim.trace.Kind;

/**
 * What the caches and queues of a machine hold, looked at after each observation that can have
 * changed them. An observation is told in the midst of what happens, so the look is taken before
 * the next one, and the change is that of the observation before it; only an ATC tells of its own
 * changes, when they are made.
 */
final class MachineGrids {
    private static final List<String> TRANSLATIONS =
            List.of("PASID", "IOVA", "to", "size", "rights");
    private static final List<String> ENTRIES = List.of("slot", "says", "word 0", "word 1");

    private final Machine machine;
    private final Map<Iommu, Grid> translations = new LinkedHashMap<>();
    private final Map<CacheView, Grid> structures = new LinkedHashMap<>();
    private final Map<Device, Grid> atcs = new LinkedHashMap<>();
    private final Map<Ring, Grid> rings = new LinkedHashMap<>();
    private final WorkGrids works;

    /** A queue in the memory of its system. */
    private record Ring(QueueView view, PhysicalMemory memory) {}

    private boolean stale;
    private int staleStep;

    MachineGrids(Machine machine, Systems systems) {
        this.machine = machine;
        this.works = new WorkGrids(machine.hardware().trace());
        for (Iommu unit : machine.hardware().iommus()) {
            String of = " of " + unit.name();
            translations.put(unit, new Grid("IOTLB" + of, TRANSLATIONS, 0));
            for (CacheView cache : unit.structureCaches()) {
                List<String> columns = new ArrayList<>(cache.columns());
                columns.add("holds");
                structures.put(cache, new Grid(cache.title() + of, columns, cache.cache().slots()));
            }
            addQueues(unit, unit.name(), machine.hardware().memory());
        }
        for (Guest guest : systems.guests()) {
            if (guest.unit() != null) {
                String name = guest.name() + "." + guest.unit().name();
                addQueues(guest.unit(), name, guest.memory().view());
            }
        }
        machine.hardware()
                .devices()
                .forEach(
                        (name, device) ->
                                atcs.put(device, new Grid("ATC of " + name, TRANSLATIONS, 0)));
    }

    private void addQueues(Iommu unit, String name, PhysicalMemory memory) {
        for (QueueView queue : unit.queues()) {
            rings.put(new Ring(queue, memory), new Grid(queue.title() + " of " + name, ENTRIES, 0));
        }
    }

    /** Follows what devices tell of their work, before the story begins too. */
    void follow(int step, Seen seen) {
        works.see(step, seen);
    }

    /** Before the step is told: what has changed since is the work of the one before. */
    void see(int step, Seen seen) {
        if (stale) {
            look(staleStep, changesAtc(seen) ? step : staleStep);
        }
        stale = canChange(seen);
        staleStep = step;
    }

    /** The story begins: what is held now was there before. */
    void begin() {
        works.begin();
        look(-1, -1);
    }

    private static boolean changesAtc(Seen seen) {
        return seen.kind() == Kind.ATC_FILLED || seen.kind() == Kind.ATC_INVALIDATED;
    }

    private static boolean canChange(Seen seen) {
        return switch (seen.kind()) {
            case STEP, REGISTER_WRITTEN, COMMAND_EXECUTED, CACHE_INVALIDATED -> true;
            case TRANSLATION_STARTED, TRANSLATION_MISSED, TRANSLATED -> true;
            case TRANSLATION_FAULTED, FAULT_RECORDED, WALK_READ, WALK_UPDATED -> true;
            case PAGE_REQUEST_QUEUED, PAGE_REQUEST_LOST, WAIT_COMPLETED -> true;
            case ATC_HIT, ATC_MISS, ATC_FILLED, ATC_INVALIDATED, FUNCTION_RESET -> true;
            case TLP_RECEIVED, CONFIG_WRITTEN, INVALIDATION_COMPLETED, PAGE_REQUESTED -> true;
            default -> false;
        };
    }

    /** Looks a last time. */
    void end(int lastStep) {
        look(Math.max(lastStep, 0), Math.max(lastStep, 0));
    }

    private void look(int step, int atcStep) {
        translations.forEach((unit, grid) -> grid.hold(step, translations(unit)));
        structures.forEach((cache, grid) -> grid.hold(step, tagged(cache)));
        atcs.forEach((device, grid) -> grid.hold(atcStep, translations(device)));
        rings.forEach((queue, grid) -> grid.hold(step, waiting(queue)));
    }

    private static Map<String, List<String>> translations(Iommu unit) {
        Map<String, List<String>> now = new LinkedHashMap<>();
        unit.visitTranslations(
                (requesterId, pasid, iova, shift, output, permissions) ->
                        now.put(
                                requesterId + " " + pasid + " " + iova + " " + shift,
                                List.of(
                                        pasid(pasid),
                                        hex(iova),
                                        hex(output),
                                        CacheView.size(shift),
                                        rights(permissions))));
        return now;
    }

    private static Map<String, List<String>> translations(Device device) {
        Map<String, List<String>> now = new LinkedHashMap<>();
        device.function()
                .visitAtc(
                        (pasid, address, entry) ->
                                now.put(
                                        pasid + " " + address,
                                        List.of(
                                                pasid(pasid),
                                                hex(TranslationEntry.base(address)),
                                                hex(TranslationEntry.base(entry)),
                                                CacheView.size(TranslationEntry.shift(entry)),
                                                rights(permissions(entry)))));
        return now;
    }

    private static Map<String, List<String>> tagged(CacheView view) {
        TaggedCache cache = view.cache();
        Map<String, List<String>> now = new LinkedHashMap<>();
        for (int slot = 0; slot < cache.slots(); slot++) {
            if (cache.holds(slot)) {
                List<String> row = new ArrayList<>(view.row(slot));
                row.add(cache.wordsPerEntry() == 0 ? "" : hex(cache.word(slot, 0)));
                now.put(cache.tag(slot) + " " + cache.base(slot) + " " + cache.shift(slot), row);
            }
        }
        return now;
    }

    /** Entries from the head to the tail. */
    private static Map<String, List<String>> waiting(Ring ring) {
        QueueView queue = ring.view();
        PhysicalMemory memory = ring.memory();
        Map<String, List<String>> now = new LinkedHashMap<>();
        int size = queue.ring().size();
        for (int i = 0; i < size; i++) {
            int slot = queue.ring().slot(queue.ring().head() + i);
            long address = queue.ring().slotAddress(slot);
            if (!memory.answers(address, 2 * Long.BYTES)) {
                return now;
            }
            long[] words = {memory.readLong(address), memory.readLong(address + Long.BYTES)};
            String name = Integer.toString(slot);
            now.put(name, List.of(name, queue.says().apply(words), hex(words[0]), hex(words[1])));
        }
        return now;
    }

    private static String pasid(int pasid) {
        return pasid == PasidPrefix.NONE ? "none" : Integer.toString(pasid);
    }

    private static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }

    private static int permissions(long entry) {
        return ((entry & TranslationEntry.READ) != 0 ? Access.READ : 0)
                | ((entry & TranslationEntry.WRITE) != 0 ? Access.WRITE : 0);
    }

    private static String rights(int permissions) {
        return ((permissions & Access.READ) != 0 ? "R" : "-")
                + ((permissions & Access.WRITE) != 0 ? "W" : "-");
    }

    private List<Grid> cacheGrids() {
        List<Grid> all = new ArrayList<>(translations.values());
        all.addAll(atcs.values());
        all.addAll(structures.values());
        return all;
    }

    /** Puts caches, queues and their changes into a story. */
    void write(Map<String, Object> story) {
        List<Grid> caches = cacheGrids();
        List<Grid> queues = new ArrayList<>(rings.values());
        queues.addAll(works.grids());
        story.put("caches", caches.stream().map(Grid::plain).toList());
        story.put("cacheChanges", Grid.changes(caches));
        story.put("queues", queues.stream().map(Grid::plain).toList());
        story.put("queueChanges", Grid.changes(queues));
    }
}
