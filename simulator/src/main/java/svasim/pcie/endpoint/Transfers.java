package svasim.pcie.endpoint;

import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.Tlp;

/** Accesses whose packets are being sent and, for reads, answered. */
final class Transfers {
    private final Wiring wiring;
    private final Tags tags;
    private final OpenTags open;
    private final Packets packets;
    private final Course course;

    Transfers(Wiring wiring, OpenTags open, Course course) {
        this.wiring = wiring;
        this.tags = open.tags();
        this.open = open;
        this.packets = new Packets(wiring, tags, open.deadlines());
        this.course = course;
    }

    /** Sends what can be sent; false if the access has to wait for room or a tag. */
    boolean advance(Access access) {
        if (access.translated() && !wiring.capabilities().atsEnabled()) {
            // Turned off while the access waited: what is left goes untranslated.
            access.entry = 0;
        }
        if (!access.translated() && !wiring.capabilities().permits(access.prefix)) {
            access.status = DmaStatus.UNSUPPORTED_REQUEST;
        }
        if (!packets.send(access, wiring.kernel().nowPs())) {
            return false;
        }
        finishIfAnswered(access);
        return true;
    }

    /** Takes a completion of a read. */
    void completed(Tlp.Completion completion) {
        int tag = completion.tag();
        Access reader = tags.reader(tag);
        if (completion.status() != CompletionStatus.SUCCESS) {
            ended(tag, DmaStatus.of(completion.status()));
        } else if (packets.completion(reader, completion)) {
            ended(tag, DmaStatus.OK);
        }
    }

    /** What came is not to be used; the rest is waited for. */
    void poisoned(int tag) {
        note(tags.reader(tag), tag, DmaStatus.POISONED);
    }

    /** The read with the tag is answered, or given up. */
    void ended(int tag, DmaStatus status) {
        Access access = tags.reader(tag);
        note(access, tag, status);
        access.unanswered--;
        open.release(tag);
        finishIfAnswered(access);
        open.freed();
    }

    /** The first that goes wrong counts. */
    private void note(Access access, int tag, DmaStatus status) {
        if (status != DmaStatus.OK && access.status == DmaStatus.OK) {
            access.status = status;
            access.faultOffset = tags.offset(tag);
        }
    }

    private void finishIfAnswered(Access access) {
        if (access.allIssued && access.unanswered == 0) {
            course.end(access, access.status);
        }
    }
}
