package svasim.lesson.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The life of one PASID on one unit, made up for the tests of the page: allocation, binding, DMAs
 * with a miss and a page request, unmapping, unbinding. Loops of DMAs make it as long as needed.
 */
final class SampleStory {
    static final List<String> KINDS =
            List.of(
                    "STEP SOFTWARE",
                    "PASID_ALLOCATED PASID",
                    "BOUND PASID",
                    "TABLE_WRITTEN MEMORY",
                    "WORK_ACCEPTED DEVICE",
                    "ATC_MISS DEVICE",
                    "TLP_SENT FABRIC",
                    "TRANSLATION_STARTED IOMMU",
                    "WALK_READ IOMMU",
                    "TRANSLATED IOMMU",
                    "ATC_FILLED DEVICE",
                    "PAGE_REQUESTED DEVICE",
                    "PAGE_GROUP_ANSWERED DEVICE",
                    "RANGE_INVALIDATE MEMORY",
                    "INVALIDATION_SENT IOMMU",
                    "ATC_INVALIDATED DEVICE",
                    "INVALIDATION_COMPLETED IOMMU",
                    "CUT PASID",
                    "DRAINED PASID",
                    "PASID_FREED PASID",
                    "VIOLATION CHECK",
                    "TRANSLATION_FAULTED IOMMU",
                    "DMA_WRITE FABRIC");
    static final List<String> PHASES =
            List.of(
                    "allocate",
                    "bind",
                    "enable",
                    "submit",
                    "translate",
                    "fault",
                    "respond",
                    "revoke",
                    "drain",
                    "unbind",
                    "free",
                    "reuse");
    private static final List<String> STATES =
            List.of("free", "allocated", "bound", "active", "cut", "drained");
    private static final String NO_VALUE = "0x0";
    private static final String TRANSLATION_REQUEST =
            "91000001" + "20000402" + "02000100" + "00007f12" + "34567000";
    private static final String PAGE_REQUEST =
            "91000001" + "30000000" + "02000004" + "00007f12" + "3456701f";

    private static final int APP = 0;
    private static final int KERNEL = 1;
    private static final int CPU = 2;
    private static final int IOMMU = 3;
    private static final int LINK = 4;
    private static final int DEVICE = 5;
    private static final int CHECK = 6;
    private static final int PASID = 1;

    private final Map<String, Object> story = new LinkedHashMap<>();
    private final List<String> strings = new ArrayList<>();
    private final Map<String, List<Object>> lists = new LinkedHashMap<>();
    private final String unit;
    private final String entry;
    private long nowPs;
    private int last = -1;

    SampleStory(String key, String label, String profile, String unit, String entry) {
        this.unit = unit;
        this.entry = entry;
        story.put("key", key);
        story.put("label", label);
        story.put("unit", key);
        story.put("profile", profile);
        story.put("variant", "");
        story.put("whatIf", "");
        story.put("hypothetical", List.of());
        story.put("outcome", "good, 0 invariants broken");
        story.put("violations", List.of());
        story.put("window", null);
    }

    SampleStory put(String key, Object value) {
        story.put(key, value);
        return this;
    }

    private List<Object> list(String name) {
        return lists.computeIfAbsent(name, absent -> new ArrayList<>());
    }

    private int say(String sentence) {
        int known = strings.indexOf(sentence);
        if (known < 0) {
            strings.add(sentence);
        }
        return known < 0 ? strings.size() - 1 : known;
    }

    private int step(int lane, String kind, String phase, String full, String simple) {
        nowPs += 1_000L * (40 + 37L * (list("steps").size() % 11));
        int kindIndex = 0;
        while (!KINDS.get(kindIndex).startsWith(kind + " ")) {
            kindIndex++;
        }
        list("steps")
                .add(
                        List.of(
                                nowPs,
                                last,
                                kindIndex,
                                lane,
                                PHASES.indexOf(phase),
                                lane == CPU ? -1 : PASID,
                                say(full),
                                simple.isEmpty() ? -1 : say(simple),
                                last < 0
                                        ? say("The story begins here.")
                                        : say("Because of what came before it.")));
        last = list("steps").size() - 1;
        return last;
    }

    private void write(int word, String before, String after) {
        list("writes").add(List.of(last, word, before, after));
    }

    private void cache(String what, int which, int row, List<String> cells) {
        List<Object> change = new ArrayList<>(List.of(last, which, row));
        change.add(cells);
        list(what).add(change);
    }

    private void packet(String name, String hex) {
        List<Object> packet =
                List.of(
                        name,
                        hex,
                        List.of(
                                List.of(say("PASID"), say("1"), 1, 3),
                                List.of(say("Requester ID"), say("0x200"), 8, 9)));
        if (!list("packets").contains(packet)) {
            list("packets").add(packet);
        }
        list("tlps").add(List.of(last, list("packets").indexOf(packet)));
    }

    private void span(int lane, String name, int from) {
        list("spans").add(List.of(lane, nowPs - 1000, nowPs, say(name), from, last));
    }

    /**
     * @param broken whether the device keeps its ATC entry after the page was taken away
     */
    SampleStory told(boolean broken, int dmas) {
        int open =
                step(
                        APP,
                        "STEP",
                        "allocate",
                        "app calls open on the device's file",
                        "The program opens the device.");
        step(
                KERNEL,
                "PASID_ALLOCATED",
                "allocate",
                "the kernel takes PASID 1 from the space of all devices and writes it to the mm",
                "The kernel gives the process a number: PASID 1.");
        list("life").add(List.of(last, PASID, STATES.indexOf("allocated")));
        step(
                KERNEL,
                "TABLE_WRITTEN",
                "bind",
                "the driver writes the " + entry + " with the address of the page tables",
                "The kernel tells the IOMMU: PASID 1 means these page tables.");
        write(0, NO_VALUE, "0x100002041");
        write(1, NO_VALUE, "0x200003");
        step(
                KERNEL,
                "BOUND",
                "bind",
                "the device is bound to the mm",
                "Device and process now share addresses.");
        list("life").add(List.of(last, PASID, STATES.indexOf("bound")));
        step(KERNEL, "STEP", "enable", "the driver sets PASID enable and ATS enable", "");
        span(KERNEL, "iommu_sva_bind_device", open + 1);
        int submit =
                step(
                        APP,
                        "WORK_ACCEPTED",
                        "submit",
                        "app writes a descriptor to the portal",
                        "The program hands a job to the device.");
        cache("queueChanges", 0, 0, List.of("0", "memmove", "PASID 1"));
        list("life").add(List.of(last, PASID, STATES.indexOf("active")));
        for (int i = 0; i < dmas; i++) {
            dma(i);
        }
        span(DEVICE, "job", submit);
        pageRequest();
        return end(broken);
    }

    private void dma(int i) {
        int first =
                step(
                        DEVICE,
                        "ATC_MISS",
                        "translate",
                        "the ATC has no entry for PASID 1, page " + i % 50,
                        i < 2 ? "The device does not know where this page is." : "");
        step(
                LINK,
                "TLP_SENT",
                "translate",
                "a Translation Request goes up the link",
                "It asks: a Translation Request goes up the link.");
        packet("Translation Request", TRANSLATION_REQUEST);
        int started =
                step(
                        IOMMU,
                        "TRANSLATION_STARTED",
                        "translate",
                        "the " + unit + " looks for the translation",
                        "The IOMMU looks in its IOTLB: nothing.");
        step(
                IOMMU,
                "WALK_READ",
                "translate",
                "the walk reads the " + entry,
                "It finds the tables of PASID 1.");
        list("walks").add(List.of(last, List.of(0)));
        step(
                IOMMU,
                "WALK_READ",
                "translate",
                "the walk reads PML4, PDPT, PD and PT",
                "It walks the same page tables as the CPU.");
        list("walks").add(List.of(last, List.of(0, 1, 2, 3, 4)));
        if (i < 2) {
            write(
                    4 + i,
                    i == 0 ? "0x8000000000345007" : "0x8000000000346007",
                    i == 0 ? "0x8000000000345027" : "0x8000000000346027");
        }
        step(
                IOMMU,
                "TRANSLATED",
                "translate",
                "the walk ends in a frame",
                "The page is there; the IOMMU keeps the answer.");
        span(IOMMU, "translation", started);
        cache(
                "cacheChanges",
                0,
                i % 4,
                List.of("1", "0x7f12345" + i % 10 + "000", "0x345000", "4 KiB", "RW"));
        step(
                DEVICE,
                "ATC_FILLED",
                "translate",
                "the ATC keeps the translation",
                "The device keeps it, too, in its ATC.");
        cache(
                "cacheChanges",
                1,
                i % 8,
                List.of("1", "0x7f12345" + i % 10 + "000", "0x345000", "4 KiB", "RW"));
        step(
                LINK,
                "DMA_WRITE",
                "translate",
                "a translated write goes to memory",
                "The device writes to memory with the physical address.");
        span(DEVICE, "DMA", first);
    }

    private void pageRequest() {
        int asked =
                step(
                        DEVICE,
                        "PAGE_REQUESTED",
                        "fault",
                        "the page is not present: the device sends a Page Request, group 3",
                        "This page is not in memory. The device asks for it: a Page Request.");
        packet("Page Request", PAGE_REQUEST);
        cache("queueChanges", 1, 0, List.of("1", "0x7f1234567000", "3", "W"));
        step(IOMMU, "TRANSLATION_FAULTED", "fault", "the " + unit + " answers R=W=0", "");
        step(CPU, "STEP", "fault", "core 1 takes the interrupt of the queue", "");
        step(
                KERNEL,
                "STEP",
                "fault",
                "the handler faults the page in",
                "The kernel brings the page, as for a CPU.");
        write(6, NO_VALUE, "0x8000000000347067");
        span(KERNEL, "iopf_handler", last);
        step(
                DEVICE,
                "PAGE_GROUP_ANSWERED",
                "respond",
                "the group's response arrives: success",
                "The answer goes back: try again.");
        cache("queueChanges", 1, 0, null);
        span(DEVICE, "page request", asked);
    }

    private SampleStory end(boolean broken) {
        step(
                APP,
                "RANGE_INVALIDATE",
                "revoke",
                "app unmaps the buffer",
                "The program gives the buffer back.");
        write(4, "0x8000000000345027", NO_VALUE);
        step(
                IOMMU,
                "INVALIDATION_SENT",
                "revoke",
                "the " + unit + " sends an Invalidate Request",
                "The IOMMU tells the device to forget the page.");
        cache("cacheChanges", 0, 0, null);
        if (broken) {
            step(
                    CHECK,
                    "VIOLATION",
                    "revoke",
                    "I-03: PASID 1 writes to a frame that was freed: the device's ATC still had it",
                    "The device writes to a page that belongs to somebody else.");
        } else {
            step(
                    DEVICE,
                    "ATC_INVALIDATED",
                    "revoke",
                    "the ATC drops 1 entry",
                    "The device forgets it.");
            cache("cacheChanges", 1, 0, null);
            step(
                    IOMMU,
                    "INVALIDATION_COMPLETED",
                    "revoke",
                    "the Invalidate Completion arrives",
                    "Only now may the kernel use the frame again.");
        }
        step(
                KERNEL,
                "CUT",
                "unbind",
                "the driver clears the " + entry,
                "The kernel cuts PASID 1 off.");
        write(0, "0x100002041", NO_VALUE);
        list("life").add(List.of(last, PASID, STATES.indexOf("cut")));
        step(
                KERNEL,
                "DRAINED",
                "drain",
                "all page requests of PASID 1 are answered",
                "Nothing is under way any more.");
        list("life").add(List.of(last, PASID, STATES.indexOf("drained")));
        step(
                KERNEL,
                "PASID_FREED",
                "free",
                "PASID 1 is free again",
                "The number may be given to somebody else.");
        list("life").add(List.of(last, PASID, STATES.indexOf("free")));
        return this;
    }

    Map<String, Object> data() {
        story.put("endsPs", nowPs);
        story.put("strings", strings);
        story.put(
                "lanes",
                List.of(
                        lane("app", "process"),
                        lane("kernel", "kernel"),
                        lane("core 1", "cpu"),
                        lane("iommu0", "iommu"),
                        lane("dsa0.up", "link"),
                        lane("dsa0", "device"),
                        lane("checker", "check")));
        story.put("pasids", List.of(Map.of("pasid", PASID, "process", "app")));
        story.put("states", STATES);
        story.put(
                "moves",
                List.of(
                        List.of("free", "allocated"),
                        List.of("allocated", "bound"),
                        List.of("allocated", "free"),
                        List.of("bound", "active"),
                        List.of("active", "bound"),
                        List.of("active", "cut"),
                        List.of("bound", "cut"),
                        List.of("cut", "drained"),
                        List.of("drained", "free")));
        story.put(
                "structures",
                List.of(
                        structure(entry + "s of dsa0", "table", -1),
                        structure("PML4 of app", "tree", 0),
                        structure("PDPT", "tree", 1),
                        structure("PD", "tree", 2),
                        structure("PT", "tree", 3)));
        story.put("layouts", List.of(pasidEntry(), pageEntry()));
        story.put(
                "words",
                List.of(
                        word(0, "PASID 1", "quadword 0", 0, NO_VALUE, 1),
                        word(1, "0x0fe", "", 1, NO_VALUE, 2),
                        word(2, "0x048", "", 1, "0x201003", 3),
                        word(3, "0x1a2", "", 1, "0x202003", 4),
                        word(4, "0x167", "", 1, "0x8000000000345007", -1),
                        word(4, "0x168", "", 1, "0x8000000000346007", -1),
                        word(4, "0x169", "", 1, NO_VALUE, -1)));
        story.put(
                "caches",
                List.of(
                        table("IOTLB of iommu0", 64, "PASID", "IOVA", "to", "size", "rights"),
                        table("ATC of dsa0", 8, "PASID", "IOVA", "to", "size", "rights")));
        story.put(
                "queues",
                List.of(
                        table("work queue 0 of dsa0", 16, "slot", "operation", "for"),
                        table("page request queue", 32, "PASID", "page", "group", "wants")));
        for (String name :
                List.of(
                        "steps",
                        "spans",
                        "writes",
                        "walks",
                        "cacheChanges",
                        "queueChanges",
                        "life",
                        "tlps",
                        "packets")) {
            story.put(name, list(name));
        }
        return story;
    }

    private static Map<String, Object> lane(String name, String group) {
        return Map.of("name", name, "group", group);
    }

    private static Map<String, Object> structure(String title, String kind, int parent) {
        return Map.of(
                "title", title, "kind", kind, "parent", parent, "section", "9.6", "of", "iommu0");
    }

    private static Map<String, Object> table(String title, int entries, String... columns) {
        return Map.of("title", title, "entries", entries, "columns", List.of(columns));
    }

    private static Map<String, Object> word(
            int structure, String row, String name, int layout, String first, int points) {
        return Map.of(
                "pa",
                "0x1000",
                "structure",
                structure,
                "row",
                row,
                "name",
                name,
                "layout",
                layout,
                "first",
                first,
                "points",
                points);
    }

    private static Map<String, Object> pasidEntry() {
        return Map.of(
                "name",
                "PASID-table entry, quadword 0",
                "section",
                "VT-d 9.6",
                "fields",
                List.of(
                        bits("P", 0, 0, "present"),
                        bits("FPD", 1, 1, "fault processing disable"),
                        bits("PGTT", 8, 6, "translation type"),
                        bits("FLPTPTR", 63, 12, "page-table pointer")));
    }

    private static Map<String, Object> pageEntry() {
        return Map.of(
                "name",
                "page-table entry",
                "section",
                "SDM 4.5",
                "fields",
                List.of(
                        bits("P", 0, 0, "present"),
                        bits("R/W", 1, 1, "writable"),
                        bits("U/S", 2, 2, "user"),
                        bits("A", 5, 5, "accessed"),
                        bits("D", 6, 6, "dirty"),
                        bits("ADDR", 51, 12, "frame"),
                        bits("XD", 63, 63, "no execute")));
    }

    private static Map<String, Object> bits(String name, int high, int low, String says) {
        return Map.of("name", name, "high", high, "low", low, "says", says);
    }
}
