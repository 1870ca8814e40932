package svasim.report;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import svasim.trace.Kind;

/**
 * The catalogue of sentences: one for each kind of observation, with the kind's fields in braces.
 */
public final class Sentences {
    private static final Pattern FIELD = Pattern.compile("\\{(\\w+)}");
    private static final String SUBJECT = "subject";

    /** Range of an Invalidate Request that covers the whole address space. */
    private static final long EVERYTHING = 0x7FFF_FFFF_FFFF_F000L;

    private static final int LAST_DIGIT = 9;
    private static final int BUS_SHIFT = 8;
    private static final int DEVICE_SHIFT = 3;
    private static final int DEVICE_MASK = 0x1F;
    private static final int FUNCTION_MASK = 7;

    private static final Map<Kind, String> SENTENCES = new EnumMap<>(Kind.class);

    static {
        software();
        memory();
        pasid();
        fabric();
        iommu();
        device();
        SENTENCES.put(Kind.VIOLATION, "an invariant is broken: {subject}");
    }

    private Sentences() {}

    private static void software() {
        SENTENCES.put(Kind.TASK_STARTED, "task {task} of {mm} starts");
        SENTENCES.put(Kind.TASK_ENDED, "task {task} of {mm} ends");
        SENTENCES.put(Kind.STEP, "{subject}");
        SENTENCES.put(Kind.TASK_WAITS, "task {task} waits for {subject}");
        SENTENCES.put(Kind.TASK_WOKEN, "task {task} is woken");
        SENTENCES.put(Kind.INTERRUPT, "interrupt {subject} reaches core {core}");
        SENTENCES.put(Kind.ERROR_LOGGED, "PCIe Bus Error, {severity}: {subject}");
        SENTENCES.put(Kind.SIGNAL, "signal {subject} for {mm}");
    }

    private static void memory() {
        SENTENCES.put(Kind.MM_CREATED, "address space of {mm} is made, root table at {rootPa}");
        SENTENCES.put(Kind.MM_REFERENCE, "{mm}: {subject} goes from {before} to {after}");
        SENTENCES.put(Kind.MM_EXITING, "address space of {mm} is torn down");
        SENTENCES.put(Kind.MM_EMPTIED, "the contents of {mm} are gone");
        SENTENCES.put(Kind.MM_FREED, "address space of {mm} is freed");
        SENTENCES.put(Kind.FILE_OPENED, "file {file} is opened");
        SENTENCES.put(Kind.FILE_REFERENCE, "file {file}: {subject}, {before} to {after}");
        SENTENCES.put(Kind.FILE_RELEASED, "last reference to file {file} is gone: release");
        SENTENCES.put(Kind.FRAME_ALLOCATED, "frame {framePa} is taken for {subject}");
        SENTENCES.put(Kind.FRAME_FREED, "frame {framePa} ({subject}) is freed");
        SENTENCES.put(Kind.OBJECT_FREED, "{subject} is freed");
        SENTENCES.put(Kind.OBJECT_USED, "{subject} is read or written");
        SENTENCES.put(Kind.REFERENCE_ADDED, "a reference begins: {subject}");
        SENTENCES.put(Kind.REFERENCE_REMOVED, "a reference ends: {subject}");
        SENTENCES.put(Kind.CPU_FAULT, "the processor faults at {faultVa} of {mm}");
        SENTENCES.put(Kind.PAGE_MAPPED, "page {pageVa} of {mm} is mapped to {framePa}");
        SENTENCES.put(Kind.PAGE_UNMAPPED, "page {pageVa} of {mm} loses {framePa}");
        SENTENCES.put(
                Kind.RANGE_INVALIDATE,
                "{subject}: {startVa} to {endVa} of {mm} must leave the caches");
        SENTENCES.put(Kind.RANGE_INVALIDATED, "{startVa} to {endVa} of {mm} has left the caches");
        SENTENCES.put(Kind.NOTIFIER_REGISTERED, "{subject} is told of changes of {mm} from now on");
        SENTENCES.put(Kind.NOTIFIER_ENDED, "{subject} is not told of changes of {mm} any more");
        SENTENCES.put(Kind.TABLE_WRITTEN, "table word {wordPa} changes from {before} to {after}");
        SENTENCES.put(Kind.LINE_HELD, "line {linePa} of a table stays in the caches of the cores");
        SENTENCES.put(Kind.LINE_WRITTEN_BACK, "line {linePa} leaves the caches of the cores");
    }

    private static void pasid() {
        SENTENCES.put(Kind.PASID_STATE, "PASID {pasid} of {mm} is now {subject}");
        SENTENCES.put(Kind.PASID_ALLOCATED, "PASID {pasid} is allocated for {mm}");
        SENTENCES.put(
                Kind.PASID_REFERENCE, "{subject} goes from {before} to {after} for PASID {pasid}");
        SENTENCES.put(Kind.PASID_NOTIFIED, "PASID {pasid}: {subject} is notified");
        SENTENCES.put(Kind.PASID_FREED, "PASID {pasid} is freed and may be used again");
        SENTENCES.put(Kind.BOUND, "PASID {pasid} is bound: {deviceRid} may use the memory of {mm}");
        SENTENCES.put(Kind.BIND_REFUSED, "{deviceRid} cannot be bound to {mm}: {subject}");
        SENTENCES.put(
                Kind.CUT, "PASID {pasid} is cut at {deviceRid}: requests with it find nothing");
        SENTENCES.put(
                Kind.TARGET_ADDED, "{deviceRid} gets the invalidations of {mm}, PASID {pasid}");
        SENTENCES.put(
                Kind.TARGET_REMOVED,
                "{deviceRid} gets no invalidations of {mm}, PASID {pasid}, any more");
        SENTENCES.put(Kind.UNBINDING, "the driver unbinds {deviceRid} from {mm}, PASID {pasid}");
        SENTENCES.put(
                Kind.DRAIN_ROUND,
                "software looks for page requests of PASID {pasid} of {deviceRid}");
        SENTENCES.put(
                Kind.PAGE_REQUESTS_RESUMED,
                "after an overflow requests are taken again; {partials} of incomplete groups are"
                        + " kept, {unread} unread");
        SENTENCES.put(
                Kind.PAGE_GROUP_TAKEN,
                "a worker is to handle group {prgIndex} of PASID {pasid} of {deviceRid}");
        SENTENCES.put(
                Kind.PAGE_GROUP_STARTED,
                "a worker begins with group {prgIndex} of PASID {pasid} of {deviceRid}");
        SENTENCES.put(
                Kind.PAGE_GROUP_RESOLVED,
                "a worker answers group {prgIndex} of PASID {pasid} of {deviceRid}");
        SENTENCES.put(
                Kind.PAGE_FAULT_HANDLED, "page {faultVa} of {mm} is brought in for PASID {pasid}");
        SENTENCES.put(
                Kind.PAGE_GROUP_DONE,
                "a worker has done with group {prgIndex} of PASID {pasid} of {deviceRid}");
        SENTENCES.put(
                Kind.DEVICE_REFERENCE, "{deviceRid}: {subject} goes from {before} to {after}");
        SENTENCES.put(Kind.FAULT_USER, "{deviceRid}: {subject} goes from {before} to {after}");
        SENTENCES.put(Kind.ENQUEUED, "ENQCMD carries PASID {pasid}; {mm} has {mmPasid}");
        SENTENCES.put(
                Kind.PASID_FIXED_UP, "#GP: the thread gets PASID {pasid} of {mm} in its register");
        SENTENCES.put(
                Kind.PASID_FIX_UP_REFUSED, "#GP: the thread gets SIGSEGV; {mm} has PASID {pasid}");
        SENTENCES.put(
                Kind.SUSPENDED,
                "the reset of {deviceRid} has taken PASID {pasid} of {mm} away for a while");
        SENTENCES.put(Kind.RESUMED, "{deviceRid} may use the memory of {mm} again");
        SENTENCES.put(Kind.DEVICE_STOPPED, "{deviceRid} is idle for PASID {pasid}");
        SENTENCES.put(Kind.DRAINED, "no page request of PASID {pasid} of {deviceRid} is under way");
        SENTENCES.put(Kind.UNBOUND, "PASID {pasid} is unbound from {deviceRid}");
    }

    private static void fabric() {
        SENTENCES.put(Kind.TLP_SENT, "{subject} leaves");
        SENTENCES.put(Kind.TLP_RECEIVED, "{subject} arrives");
        SENTENCES.put(Kind.TLP_DROPPED, "{subject} is thrown away: {reason}");
        SENTENCES.put(Kind.SENT_TO_PEER, "{subject} goes to a peer, past the IOMMU");
        SENTENCES.put(
                Kind.LINK_ERROR, "{subject} arrives with a wrong bit (sequence number {sequence})");
        SENTENCES.put(
                Kind.LINK_REPLAYED,
                "all packets from sequence number {sequence} on are sent again");
        SENTENCES.put(
                Kind.ERROR_FOUND, "{finderRid} finds an error, {error} ({severity}): {subject}");
        SENTENCES.put(
                Kind.ERROR_REPORTED, "the root port hears of a {severity} error of {finderRid}");
        SENTENCES.put(Kind.FAULT_INJECTED, "on purpose: {subject}");
        SENTENCES.put(Kind.LINK_STATE, "the link is {up}");
        SENTENCES.put(Kind.DMA_READ, "{requesterRid} has read {bytes} bytes at {dataPa}");
        SENTENCES.put(Kind.DMA_WRITE, "{requesterRid} has written {bytes} bytes at {dataPa}");
    }

    private static void iommu() {
        SENTENCES.put(Kind.REGISTER_WRITTEN, "register at {offset} is written: {value}");
        SENTENCES.put(Kind.COMMAND_EXECUTED, "{subject} is carried out: {word0} {word1}");
        SENTENCES.put(Kind.TRANSLATION_MISSED, "no cache has {requestIova} of PASID {pasid}");
        SENTENCES.put(
                Kind.TRANSLATION_STARTED,
                "{requesterRid} asks for {requestIova} with PASID {pasid}");
        SENTENCES.put(Kind.CACHE_INVALIDATED, "{subject} forgets {entries} entries");
        SENTENCES.put(Kind.WALK_READ, "the walk reads {entryPa}: {value}");
        SENTENCES.put(Kind.WALK_UPDATED, "the walk sets {entryPa} from {before} to {after}");
        SENTENCES.put(
                Kind.TRANSLATED, "{requestIova} of PASID {pasid} is translated to {outputPa}");
        SENTENCES.put(
                Kind.TRANSLATION_FAULTED,
                "{requestIova} of PASID {pasid} cannot be translated, fault code {code}");
        SENTENCES.put(
                Kind.FAULT_RECORDED, "fault {code} of {requesterRid} at {requestIova} is recorded");
        SENTENCES.put(
                Kind.PAGE_REQUEST_QUEUED,
                "page request for {pageIova} of PASID {pasid} waits for software");
        SENTENCES.put(
                Kind.PAGE_REQUEST_LOST,
                "page request for {pageIova} of PASID {pasid} is lost: there is no room");
        SENTENCES.put(
                Kind.PAGE_REQUEST_ANSWERED,
                "page request group {prgIndex} of PASID {pasid} is answered, code {code}");
        SENTENCES.put(
                Kind.INVALIDATION_SENT,
                "the device must forget {rangeIova} of PASID {pasid} (ITag {itag})");
        SENTENCES.put(Kind.INVALIDATION_COMPLETED, "{deviceRid} has forgotten it");
        SENTENCES.put(Kind.INVALIDATION_GIVEN_UP, "{deviceRid} has not answered in time");
        SENTENCES.put(Kind.WAIT_COMPLETED, "all commands before are done: status at {statusPa}");
    }

    private static void device() {
        SENTENCES.put(
                Kind.CONFIG_WRITTEN,
                "configuration space of {deviceRid} is written at {offset}: {value}");
        SENTENCES.put(Kind.FUNCTION_RESET, "{deviceRid} has forgotten everything");
        SENTENCES.put(Kind.ATC_HIT, "the ATC knows {keyIova} of PASID {pasid}: {outputPa}");
        SENTENCES.put(Kind.ATC_MISS, "the ATC does not know {keyIova} of PASID {pasid}");
        SENTENCES.put(Kind.ATC_FILLED, "the ATC keeps {keyIova} of PASID {pasid}: {outputPa}");
        SENTENCES.put(
                Kind.ATC_INVALIDATED,
                "the ATC forgets {rangeIova} of PASID {pasid}, {entries} entries");
        SENTENCES.put(
                Kind.PAGE_REQUESTED,
                "the device asks for page {pageIova} of PASID {pasid} (group {prgIndex})");
        SENTENCES.put(
                Kind.PAGE_GROUP_ANSWERED,
                "the device gets the answer for group {prgIndex} of PASID {pasid}, code {code}");
        SENTENCES.put(
                Kind.STRAGGLED,
                "an access to {requestIova} of PASID {pasid} ends that nobody has asked for");
        SENTENCES.put(Kind.WORK_ACCEPTED, "work of PASID {pasid} enters the queue");
        SENTENCES.put(
                Kind.RETRY_FAULT,
                "a wavefront of PASID {pasid} misses {faultVa} and will try again");
        SENTENCES.put(Kind.WORK_REFUSED, "work of PASID {pasid} finds no place in the queue");
        SENTENCES.put(Kind.WORK_STARTED, "an engine begins work of PASID {pasid}");
        SENTENCES.put(Kind.WORK_DONE, "work of PASID {pasid} ends: {subject}");
    }

    /** The sentence of a kind, with its fields still in braces. */
    static String of(Kind kind) {
        return SENTENCES.get(kind);
    }

    /** The sentence of a kind without its numbers, for many of them at once. */
    static String inGeneral(Kind kind) {
        return FIELD.matcher(of(kind)).replaceAll("...");
    }

    /** What happened, in words. */
    public static String tell(Seen seen, Namer namer) {
        Matcher field = FIELD.matcher(of(seen.kind()));
        StringBuilder text = new StringBuilder();
        while (field.find()) {
            String value = value(seen, field.group(1), namer);
            field.appendReplacement(text, Matcher.quoteReplacement(value));
        }
        return field.appendTail(text).toString();
    }

    private static String value(Seen seen, String name, Namer namer) {
        if (name.equals(SUBJECT)) {
            return Subjects.text(seen.subject());
        }
        List<String> fields = seen.kind().fields();
        return value(name, seen.field(fields.indexOf(name)), namer);
    }

    private static String value(String name, long value, Namer namer) {
        if (name.equals("mm")) {
            String process = namer.process(value);
            return process == null ? "mm " + value : process;
        }
        if (name.endsWith("Rid")) {
            return device(value, namer);
        }
        if (name.endsWith("Ps")) {
            return Times.micros(value);
        }
        if (name.equals("pasid")) {
            return value < 0 ? "none" : Long.toString(value);
        }
        String word = Subjects.word(name, value);
        if (word != null) {
            return word;
        }
        if (name.equals("rangeIova") && value >= EVERYTHING) {
            return "everything";
        }
        boolean hexadecimal =
                name.endsWith("Pa")
                        || name.endsWith("Iova")
                        || name.endsWith("Va")
                        || name.equals("code") && value > LAST_DIGIT
                        || name.startsWith("word")
                        || name.equals("value");
        return hexadecimal ? "0x" + Long.toHexString(value) : Long.toString(value);
    }

    /** Name of a function; bus, device and function if it has none. */
    static String device(long id, Namer namer) {
        String device = namer.device(id);
        return device == null ? requester(id) : device;
    }

    /** Bus, device and function. */
    static String requester(long id) {
        return String.format(
                Locale.ROOT,
                "%02x:%02x.%x",
                id >> BUS_SHIFT,
                id >> DEVICE_SHIFT & DEVICE_MASK,
                id & FUNCTION_MASK);
    }
}
