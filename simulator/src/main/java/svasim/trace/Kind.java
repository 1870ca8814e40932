package svasim.trace;

import java.util.List;

/**
 * Everything that parts tell, with the names and units of the three fields. In the names, a suffix
 * says how to show a field: {@code Pa}, {@code Iova} and {@code Va} are addresses, {@code Ps} a
 * time in picoseconds, {@code Rid} a requester ID; plain names are numbers. A PASID of -1 means
 * "without PASID".
 */
public enum Kind {
    // Software.
    TASK_STARTED(Category.SOFTWARE, "task", "mm", ""),
    TASK_ENDED(Category.SOFTWARE, "task", "mm", ""),
    /** Subject: the procedure's and the step's name, {@code "intel_svm/clear PASID entry"}. */
    STEP(Category.SOFTWARE, "task", "core", "costPs"),
    /** A task waits; subject: for what. */
    TASK_WAITS(Category.SOFTWARE, "task", "", ""),
    TASK_WOKEN(Category.SOFTWARE, "task", "", ""),
    /** A message-signalled interrupt reaches a core; subject: the line's name. */
    INTERRUPT(Category.SOFTWARE, "vector", "core", ""),
    /** The kernel writes an error of hardware into its log; subject: the text. */
    ERROR_LOGGED(Category.SOFTWARE, "severity", "", ""),
    /** Subject: the signal's name. */
    SIGNAL(Category.SOFTWARE, "task", "mm", ""),

    // Address spaces.
    MM_CREATED(Category.MEMORY, "mm", "rootPa", ""),
    /** mm_users or mm_count changed; subject: name of the counter, and who holds it. */
    MM_REFERENCE(Category.MEMORY, "mm", "before", "after"),
    /** The address space is torn down from here on (exit_mmap). */
    MM_EXITING(Category.MEMORY, "mm", "", ""),
    /** Its last user takes its pages out from here on; nobody is told of single ones any more. */
    MM_EMPTYING(Category.MEMORY, "mm", "", ""),
    /** The contents are gone: every page and every mapping. */
    MM_EMPTIED(Category.MEMORY, "mm", "", ""),
    MM_FREED(Category.MEMORY, "mm", "", ""),
    /** Somebody wants to be told of changes; subject: its name. */
    NOTIFIER_REGISTERED(Category.MEMORY, "mm", "notifier", ""),
    /** It was released with the address space, or has unregistered; subject: its name. */
    NOTIFIER_ENDED(Category.MEMORY, "mm", "notifier", ""),
    FILE_OPENED(Category.MEMORY, "file", "task", ""),
    /** Reference count of a file; subject: who. */
    FILE_REFERENCE(Category.MEMORY, "file", "before", "after"),
    FILE_RELEASED(Category.MEMORY, "file", "", ""),
    /** Subject: the FrameUse. */
    FRAME_ALLOCATED(Category.MEMORY, "framePa", "owner", "generation"),
    FRAME_FREED(Category.MEMORY, "framePa", "owner", "generation"),
    /** A strong reference between two objects begins; subject: the names of both. */
    REFERENCE_ADDED(Category.MEMORY, "from", "to", ""),
    REFERENCE_REMOVED(Category.MEMORY, "from", "to", ""),
    /** An object that others refer to is gone; subject: its name. */
    OBJECT_FREED(Category.MEMORY, "object", "", ""),
    /** Software reads or writes such an object; subject: its name. */
    OBJECT_USED(Category.MEMORY, "object", "", ""),
    CPU_FAULT(Category.MEMORY, "mm", "faultVa", "access"),
    PAGE_MAPPED(Category.MEMORY, "mm", "pageVa", "framePa"),
    PAGE_UNMAPPED(Category.MEMORY, "mm", "pageVa", "framePa"),
    /** A notifier is called for a range; subject: the notifier's name. */
    RANGE_INVALIDATE(Category.MEMORY, "mm", "startVa", "endVa"),
    /** All secondary caches are done with the range. */
    RANGE_INVALIDATED(Category.MEMORY, "mm", "startVa", "endVa"),
    /** A word of a structure that hardware reads was written. */
    TABLE_WRITTEN(Category.MEMORY, "wordPa", "before", "after"),
    /**
     * The caches of the cores keep what is about to be written to a line, which a unit that does
     * not look into them does not see; filled: 1 if its frame has just been handed out, else 0.
     */
    LINE_HELD(Category.MEMORY, "linePa", "filled", ""),
    /** Memory has the line as the cores see it. */
    LINE_WRITTEN_BACK(Category.MEMORY, "linePa", "", ""),

    // The life of a PASID.
    /** Subject: the new state. */
    PASID_STATE(Category.PASID, "pasid", "mm", "space"),
    PASID_ALLOCATED(Category.PASID, "pasid", "mm", "space"),
    PASID_FREED(Category.PASID, "pasid", "mm", "space"),
    /** Reference count of a number, where a policy has one; subject: of whom. */
    PASID_REFERENCE(Category.PASID, "pasid", "before", "after"),
    /** A user of a number is told of an event; subject: the event and the user. */
    PASID_NOTIFIED(Category.PASID, "pasid", "references", ""),
    /** Its owner has given it up, and others hold it: nobody gets a reference any more. */
    PASID_FREE_PENDING(Category.PASID, "pasid", "mm", "references"),
    /** A function belongs to a virtual machine, with all of its PASIDs; subject: its name there. */
    DEVICE_ASSIGNED(Category.PASID, "deviceRid", "vm", ""),
    /** It belongs to the host again, and nothing of the guest is left in it. */
    DEVICE_UNASSIGNED(Category.PASID, "deviceRid", "vm", ""),
    /** A virtual machine gets a number; subject: the name of the machine. */
    GUEST_PASID(Category.PASID, "guestPasid", "pasid", "vm"),
    /** The host changes something of a number for a virtual machine; subject: what. */
    GUEST_ACTION(Category.PASID, "pasid", "vm", "deviceRid"),
    /** Virtual cores translate a guest's PASID from now on. */
    GUEST_PASID_MAPPED(Category.PASID, "guestPasid", "pasid", "vm"),
    /** They do so no longer. */
    GUEST_PASID_UNMAPPED(Category.PASID, "guestPasid", "pasid", "vm"),
    /** A virtual core sends a descriptor with the PASID of the host. */
    GUEST_ENQUEUED(Category.PASID, "guestPasid", "pasid", "vm"),
    /** A virtual core has no translation for it and leaves the guest. */
    GUEST_ENQUEUE_EXIT(Category.PASID, "guestPasid", "reason", "vm"),
    BOUND(Category.PASID, "pasid", "deviceRid", "mm"),
    /** The device gets the invalidations of the PASID's address space from now on. */
    TARGET_ADDED(Category.PASID, "pasid", "deviceRid", "mm"),
    TARGET_REMOVED(Category.PASID, "pasid", "deviceRid", "mm"),
    /** Bind failed; subject: the reason. */
    BIND_REFUSED(Category.PASID, "pasid", "deviceRid", "mm"),
    /** The PASID's translation is cut; requests with it find nothing. */
    CUT(Category.PASID, "pasid", "deviceRid", "mm"),
    /** A reset has torn the entry of a PASID down, which stays bound. */
    SUSPENDED(Category.PASID, "pasid", "deviceRid", "mm"),
    /** The entry is there again. */
    RESUMED(Category.PASID, "pasid", "deviceRid", "mm"),
    /** The driver says that the device is idle for the PASID. */
    DEVICE_STOPPED(Category.PASID, "pasid", "deviceRid", "mm"),
    /** The driver asks to unbind. */
    UNBINDING(Category.PASID, "pasid", "deviceRid", "mm"),
    /** A drain looks once more for what is left. */
    DRAIN_ROUND(Category.PASID, "pasid", "deviceRid", ""),
    DRAINED(Category.PASID, "pasid", "deviceRid", ""),
    UNBOUND(Category.PASID, "pasid", "deviceRid", "mm"),

    /** A driver lets its unit take page requests again after some were lost. */
    PAGE_REQUESTS_RESUMED(Category.PASID, "partials", "unread", ""),
    /** A worker is to handle a page request group; subject: the addresses of its pages. */
    PAGE_GROUP_TAKEN(Category.PASID, "pasid", "deviceRid", "prgIndex"),
    /** A worker begins with the group. */
    PAGE_GROUP_STARTED(Category.PASID, "pasid", "deviceRid", "prgIndex"),
    /** A page of a group is brought in. */
    PAGE_FAULT_HANDLED(Category.PASID, "mm", "faultVa", "pasid"),
    /** The worker knows the answer and hands it to the unit. */
    PAGE_GROUP_RESOLVED(Category.PASID, "pasid", "deviceRid", "prgIndex"),
    /** The worker has done with the group. */
    PAGE_GROUP_DONE(Category.PASID, "pasid", "deviceRid", "prgIndex"),
    /** References to a device by who looks after its page requests; subject: who. */
    DEVICE_REFERENCE(Category.PASID, "deviceRid", "before", "after"),
    /** Users of a device's page faults, or of what software keeps of them; subject: who. */
    FAULT_USER(Category.PASID, "deviceRid", "before", "after"),
    /** An ENQCMD was carried out. */
    ENQUEUED(Category.PASID, "pasid", "mm", "mmPasid"),
    /** A #GP gives a task the PASID of its address space. */
    PASID_FIXED_UP(Category.PASID, "task", "mm", "pasid"),
    /** A #GP of ENQCMD ends in a signal; pasid is that of the address space or -1. */
    PASID_FIX_UP_REFUSED(Category.PASID, "task", "mm", "pasid"),

    // Links and the root complex.
    /** A TLP leaves a port; subject: the Tlp; forwarded: 1 if a switch sends it on, else 0. */
    TLP_SENT(Category.FABRIC, "wireBytes", "arrivesPs", "forwarded"),
    /** A TLP reaches a port; subject: the Tlp. */
    TLP_RECEIVED(Category.FABRIC, "wireBytes", "", ""),
    /** A TLP that was received is thrown away; subject: the Tlp; reason: a DropReason. */
    TLP_DROPPED(Category.FABRIC, "reason", "", ""),
    /**
     * A switch sends an untranslated request past the root complex, to a peer; subject: the Tlp.
     */
    SENT_TO_PEER(Category.FABRIC, "pasid", "requestIova", "requesterRid"),
    /** A TLP is received with a wrong bit; subject: the Tlp. */
    LINK_ERROR(Category.FABRIC, "sequence", "", ""),
    /** Everything from a sequence number on is sent again; asked: 1 for a Nak, 0 for a time-out. */
    LINK_REPLAYED(Category.FABRIC, "sequence", "asked", ""),
    /**
     * A port or function finds an error; error: a PcieError, severity: an ErrorSeverity; subject:
     * the Tlp that it is about, or null.
     */
    ERROR_FOUND(Category.FABRIC, "error", "severity", "finderRid"),
    /** A root port hears of an error; severity: an ErrorSeverity. */
    ERROR_REPORTED(Category.FABRIC, "severity", "finderRid", ""),
    /** Something goes wrong on purpose; subject: what the scenario says. */
    FAULT_INJECTED(Category.FABRIC, "", "", ""),
    /** A link goes down (0) or comes up (1). */
    LINK_STATE(Category.FABRIC, "up", "", ""),
    /** A device's access reaches memory; done when told. */
    DMA_READ(Category.FABRIC, "dataPa", "bytes", "requesterRid"),
    DMA_WRITE(Category.FABRIC, "dataPa", "bytes", "requesterRid"),

    // IOMMU.
    REGISTER_WRITTEN(Category.IOMMU, "offset", "bytes", "value"),
    /** A command or descriptor was carried out: its first 128 bits; subject: its name. */
    COMMAND_EXECUTED(Category.IOMMU, "word0", "word1", "index"),
    /** A request enters the unit; subject: the request, a Tlp. */
    TRANSLATION_STARTED(Category.IOMMU, "pasid", "requestIova", "requesterRid"),
    /** Its answer is in no cache, so that tables are read; subject: the request, a Tlp. */
    TRANSLATION_MISSED(Category.IOMMU, "pasid", "requestIova", "requesterRid"),
    /** Entries of a cache were removed; subject: the cache's name. */
    CACHE_INVALIDATED(Category.IOMMU, "entries", "", ""),
    /** A walk has read an entry. */
    WALK_READ(Category.IOMMU, "entryPa", "value", "bytes"),
    /** A walk sets accessed or dirty. */
    WALK_UPDATED(Category.IOMMU, "entryPa", "before", "after"),
    /** Subject: the request, a Tlp. */
    TRANSLATED(Category.IOMMU, "pasid", "requestIova", "outputPa"),
    /**
     * A request fails, recorded or not; c is the unit's own fault code; subject: the request, a
     * Tlp.
     */
    TRANSLATION_FAULTED(Category.IOMMU, "pasid", "requestIova", "code"),
    /** A fault record reaches software. */
    FAULT_RECORDED(Category.IOMMU, "code", "requesterRid", "requestIova"),
    PAGE_REQUEST_QUEUED(Category.IOMMU, "pasid", "pageIova", "prgIndex"),
    /** A request finds no room for software to see it; subject: the request, a Tlp. */
    PAGE_REQUEST_LOST(Category.IOMMU, "pasid", "pageIova", "prgIndex"),
    /** An answer is sent to the device; c is the response code of the wire. */
    PAGE_REQUEST_ANSWERED(Category.IOMMU, "pasid", "prgIndex", "code"),
    INVALIDATION_SENT(Category.IOMMU, "pasid", "rangeIova", "itag"),
    INVALIDATION_COMPLETED(Category.IOMMU, "deviceRid", "itags", ""),
    /** No completion came in time. */
    INVALIDATION_GIVEN_UP(Category.IOMMU, "deviceRid", "itags", ""),
    /** A wait descriptor, CMD_SYNC or COMPLETION_WAIT is done. */
    WAIT_COMPLETED(Category.IOMMU, "statusPa", "data", ""),

    // Devices.
    /** Software has written configuration space; four bytes, those not written are 0. */
    CONFIG_WRITTEN(Category.DEVICE, "deviceRid", "offset", "value"),
    /** A function is as after power-on; gone: 1 if it does not come back, else 0. */
    FUNCTION_RESET(Category.DEVICE, "deviceRid", "gone", ""),
    ATC_HIT(Category.DEVICE, "pasid", "keyIova", "outputPa"),
    ATC_MISS(Category.DEVICE, "pasid", "keyIova", ""),
    ATC_FILLED(Category.DEVICE, "pasid", "keyIova", "outputPa"),
    /** A range is forgotten; subject: the {@code InvalidateRequest}. */
    ATC_INVALIDATED(Category.DEVICE, "pasid", "rangeIova", "entries"),
    /** The device asks for a page. */
    PAGE_REQUESTED(Category.DEVICE, "pasid", "pageIova", "prgIndex"),
    PAGE_GROUP_ANSWERED(Category.DEVICE, "pasid", "prgIndex", "code"),
    /** A function has made an access that nobody has asked for, after it said that it is idle. */
    STRAGGLED(Category.DEVICE, "pasid", "requestIova", ""),
    /** Work enters a queue of the device; subject: its name. */
    WORK_ACCEPTED(Category.DEVICE, "pasid", "queue", "work"),
    WORK_REFUSED(Category.DEVICE, "pasid", "queue", "work"),
    /** A device that makes no page requests tells its driver of a missing page. */
    RETRY_FAULT(Category.DEVICE, "pasid", "faultVa", "deviceRid"),
    WORK_STARTED(Category.DEVICE, "pasid", "engine", "work"),
    /** Subject: the outcome. */
    WORK_DONE(Category.DEVICE, "pasid", "status", "work"),

    /** An invariant does not hold; subject: the violation. */
    VIOLATION(Category.CHECK, "pasid", "framePa", "requesterRid");

    /** What an observation is about; readers filter by it. */
    public enum Category {
        SOFTWARE,
        MEMORY,
        PASID,
        FABRIC,
        IOMMU,
        DEVICE,
        CHECK
    }

    private final Category category;
    private final List<String> fields;

    Kind(Category category, String a, String b, String c) {
        this.category = category;
        this.fields = List.of(a, b, c);
    }

    public Category category() {
        return category;
    }

    /** Names of the fields a, b and c; empty for a field that is not used. */
    public List<String> fields() {
        return fields;
    }
}
