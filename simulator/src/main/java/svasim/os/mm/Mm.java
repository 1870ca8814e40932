package svasim.os.mm;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import svasim.os.procedure.Call;
import svasim.os.reference.Counter;
import svasim.os.reference.Node;
import svasim.os.task.Platform;
import svasim.os.task.ReadWriteLock;
import svasim.os.task.SpinLock;
import svasim.os.task.Task;
import svasim.paging.Access;
import svasim.trace.Kind;

/**
 * An address space. mm_users counts the users of its contents, mm_count those of the struct and the
 * top page table; all users together hold one mm_count. The contents go with the last user, the
 * struct with the last count.
 */
public final class Mm implements AddressSpace {
    /** No PASID belongs to the address space as a whole. */
    public static final int NO_PASID = -1;

    private final int id;
    private final String name;
    private final int lane;
    private final Memory memory;
    private final Platform platform;
    private final Node contents;
    private final Node struct;
    private final Counter users;
    private final Counter count;
    private final PageTables tables;
    private final Vmas vmas;
    private final TaggedAddresses tags = new TaggedAddresses(this);
    private final ReadWriteLock lock;
    private final SpinLock tableLock;
    private final List<MmuNotifier> notifiers = new ArrayList<>();

    /** Notifiers whose release has not begun. */
    private final Set<MmuNotifier> subscribed = new HashSet<>();

    private final List<MmEnd> ends = new ArrayList<>();
    private Life life = Life.ALIVE;
    private int pasid = NO_PASID;
    private boolean unstable;

    /** How far an address space is. */
    public enum Life {
        ALIVE,
        /** exit_mmap has begun. */
        EXITING,
        /** Only the struct is left. */
        EMPTY,
        FREED
    }

    Mm(int id, String name, Memory memory) {
        this.id = id;
        this.name = name;
        this.memory = memory;
        this.platform = memory.platform();
        this.lane = platform.trace().lane(name);
        this.contents = platform.references().node(name + " contents");
        this.struct = platform.references().node(name + " struct");
        this.users = new Counter(platform.trace(), Kind.MM_REFERENCE, lane, id, "mm_users");
        this.count = new Counter(platform.trace(), Kind.MM_REFERENCE, lane, id, "mm_count");
        this.tables = new PageTables(id, memory.walk(), platform);
        memory.kernel().tables().add(this);
        this.vmas = new Vmas(contents, platform.references());
        this.lock = new ReadWriteLock(name + " mmap_lock");
        this.tableLock = new SpinLock(name + " page_table_lock");
        platform.trace().tell(Kind.MM_CREATED, lane, id, root(), 0, name);
        grab(contents);
    }

    /** From 1; also the owner of its frames. */
    @Override
    public int id() {
        return id;
    }

    @Override
    public String name() {
        return name;
    }

    int lane() {
        return lane;
    }

    Platform platform() {
        return platform;
    }

    Memory memory() {
        return memory;
    }

    public Life life() {
        return life;
    }

    void life(Life next) {
        life = next;
    }

    /** Physical address of the top page table, as the CPU's CR3 and the PASID entry name it. */
    @Override
    public long root() {
        return tables.root();
    }

    PageTables tables() {
        return tables;
    }

    Vmas vmas() {
        return vmas;
    }

    /** Tags in addresses that its programs use. */
    public TaggedAddresses tags() {
        return tags;
    }

    /** mmap_lock: readers look at mappings, the writer changes them. */
    ReadWriteLock lock() {
        return lock;
    }

    /** Who holds it may change entries over several steps. */
    SpinLock tableLock() {
        return tableLock;
    }

    public int users() {
        return users.value();
    }

    public int count() {
        return count.value();
    }

    /** mmget: uses the contents; they must be in use already. */
    public void getUsers(Node holder) {
        users.get(holder.name());
        platform.references().hold(holder, contents);
    }

    /** mmget_not_zero: uses the contents unless they are going. */
    @Override
    public boolean getUsersUnlessZero(Node holder) {
        if (!users.getUnlessZero(holder.name())) {
            return false;
        }
        platform.references().hold(holder, contents);
        return true;
    }

    /** mmput: the last one tears the contents down, in the task that runs the call. */
    @Override
    public Call<?> putUsers(Node holder) {
        return MmPut.call(this, holder);
    }

    boolean dropUsers(Node holder) {
        platform.references().release(holder, contents);
        return users.put(holder.name());
    }

    /** mmput by somebody who never got mm_users, as only a bug does (S02). */
    public Call<?> putUsersOfOther(Node holder) {
        return MmPut.ofOther(this, holder);
    }

    boolean dropUsersOfOther(Node holder) {
        platform.references().release(holder, contents);
        return users.putOfOther(holder.name());
    }

    /** Software reads or writes the struct, which it has to hold for that. */
    public void use() {
        platform.references().used(struct);
    }

    void freed() {
        life(Life.FREED);
        platform.references().freed(struct);
        platform.trace().tell(Kind.MM_FREED, lane, id, 0, 0);
    }

    /** mmgrab: keeps the struct. */
    public void grab(Node holder) {
        count.get(holder.name());
        platform.references().hold(holder, struct);
    }

    /** mmdrop: the last one frees the struct. */
    public Call<?> drop(Node holder) {
        return MmDrop.call(this, holder);
    }

    boolean dropCount(Node holder) {
        platform.references().release(holder, struct);
        return count.put(holder.name());
    }

    /** The node that stands for all users together. */
    Node contents() {
        return contents;
    }

    /** From now on the notifier is called; it holds mm_count. */
    public void register(MmuNotifier notifier) {
        notifiers.add(notifier);
        subscribed.add(notifier);
        tell(Kind.NOTIFIER_REGISTERED, notifier);
        grab(notifier.node());
    }

    /**
     * mmu_notifier_put: the notifier is not called any more; its mm_count goes after a grace
     * period, in a worker.
     */
    public void putNotifier(MmuNotifier notifier) {
        ended(notifier);
        platform.events().add(MmDrop.afterGracePeriod(this, notifier.node()));
    }

    /** Whether the notifier is still called; not so after {@link MmuNotifier#release}. */
    public boolean isRegistered(MmuNotifier notifier) {
        return notifiers.contains(notifier);
    }

    /** mmu_notifier_unregister, after the caller ran what release does: ends at once. */
    public Call<?> unregister(MmuNotifier notifier) {
        ended(notifier);
        return drop(notifier.node());
    }

    /** As {@link #unregister}, of a notifier that holds no mm_count, as only a bug lets happen. */
    public Call<?> forgetNotifier(MmuNotifier notifier) {
        use();
        ended(notifier);
        return Call.nothing();
    }

    /** A notifier that was released with the address space has ended before. */
    private void ended(MmuNotifier notifier) {
        notifiers.remove(notifier);
        released(notifier);
    }

    /** The notifier is released; what it does then may put it. */
    void released(MmuNotifier notifier) {
        if (subscribed.remove(notifier)) {
            tell(Kind.NOTIFIER_ENDED, notifier);
        }
    }

    /** Tells the trace of something that concerns this address space. */
    public void tell(Kind kind, long a, long b, long c) {
        platform.trace().tell(kind, lane, a, b, c);
    }

    private void tell(Kind kind, MmuNotifier notifier) {
        Node node = notifier.node();
        platform.trace().tell(kind, lane, id, node.id(), 0, node.name());
    }

    List<MmuNotifier> notifiers() {
        return List.copyOf(notifiers);
    }

    void forgetNotifiers() {
        notifiers.clear();
    }

    /** The task whose step runs now. */
    public Task currentTask() {
        return platform.scheduler().current();
    }

    /** The policy has given the address space a PASID of its own, for as long as it lives. */
    public void pasid(int number) {
        pasid = number;
    }

    /** The PASID that ENQCMD of its tasks carries, or {@link #NO_PASID} (mm_get_enqcmd_pasid). */
    public int pasid() {
        return pasid;
    }

    /** Adds somebody to be told of the end. */
    public void atEnd(MmEnd end) {
        ends.add(end);
    }

    List<MmEnd> ends() {
        return List.copyOf(ends);
    }

    /** Maps anonymous memory; see {@link Mmap#start}. */
    public Mmap mapAnonymous(long bytes, int access) {
        return map(Content.ANONYMOUS, bytes, access);
    }

    /**
     * Where device memory of a file is mapped.
     *
     * @return address of the first of its mappings, or -1
     */
    public long mappingOf(Backing file) {
        return vmas.all().stream()
                .filter(vma -> vma.file() == file)
                .mapToLong(Vma::start)
                .findFirst()
                .orElse(-1);
    }

    /** Maps device memory of a file; a forked process does not get it. */
    public Mmap mapDevice(Backing file, long physical, long bytes, int access) {
        return map(deviceMemory(file, physical), bytes, access);
    }

    /** As {@link #mapDevice}; the driver is told of changes of the mapping. */
    public Mmap mapDevice(Backing file, long physical, long bytes, VmaOperations driver) {
        Content content = deviceMemory(file, physical).with(driver);
        return map(content, bytes, Access.READ | Access.WRITE);
    }

    private static Content deviceMemory(Backing file, long physical) {
        Set<VmaFlag> flags = EnumSet.of(VmaFlag.SHARED, VmaFlag.DONT_COPY, VmaFlag.DONT_EXPAND);
        return Content.device(file, physical, flags);
    }

    /** Maps anything. */
    public Mmap map(Content content, long bytes, int access) {
        return new Mmap(this, bytes, access, content);
    }

    /** The page of a process or file that is mapped at an address, or null. */
    Page pageAt(long va) {
        long physical = tables.physical(va);
        return physical == PageTables.ABSENT ? null : memory.pages().at(physical);
    }

    /** The page in the memory of a device that an entry names, or null. */
    public DevicePage devicePage(long va) {
        Note note = tables.noteAt(va);
        return note.type() == Note.Type.DEVICE ? memory.devicePages().at(note.number()) : null;
    }

    /** Whether programs may write at an address, as far as mappings go. */
    public boolean mayWrite(long va) {
        Vma vma = vmas.at(va);
        return vma != null && vma.permits(Access.WRITE);
    }

    /** All such pages of a range. */
    List<Page> pagesOf(long start, long end) {
        List<Page> pages = new ArrayList<>();
        for (long va = start; va < end; va += PageTables.PAGE) {
            Page page = pageAt(va);
            if (page != null) {
                pages.add(page);
            }
        }
        return pages;
    }

    /** Bytes of anonymous memory and files that are present. */
    public long residentBytes() {
        long[] bytes = new long[1];
        for (Vma vma : vmas.all()) {
            tables.visit(
                    vma.start(),
                    vma.end(),
                    (va, frame) -> bytes[0] += PageTables.PAGE,
                    (va, note) -> {});
        }
        return bytes[0];
    }

    /** MMF_UNSTABLE: the OOM reaper is taking the contents away; faults fail. */
    boolean isUnstable() {
        return unstable;
    }

    void unstable() {
        unstable = true;
    }

    /** madvise(2) of a range of whole pages. */
    public Call<?> advise(long start, long bytes, Advice advice) {
        return Madvise.call(this, start, bytes, advice);
    }

    /** One pass of NUMA balancing over a range of whole pages. */
    public Call<?> scanForNuma(long start, long bytes) {
        return NumaScan.call(this, start, bytes);
    }

    /** munmap(2) of a range of whole pages. */
    public Call<?> unmap(long start, long bytes) {
        return Munmap.call(this, start, start + bytes);
    }

    /** mprotect(2) of a range of whole pages. */
    public Call<?> protect(long start, long bytes, int access) {
        return Mprotect.call(this, start, start + bytes, access);
    }

    /**
     * Bytes as the CPU would read them now, wherever they are; pages that do not exist yet read as
     * zero.
     */
    public byte[] read(long va, int length) {
        return Contents.read(this, va, length);
    }

    /** Physical address of a byte that is mapped now, or {@link PageTables#ABSENT}. */
    public long physical(long va) {
        return tables.physical(va);
    }

    @Override
    public String toString() {
        return name;
    }
}
