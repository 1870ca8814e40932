package svasim.pcie.fabric;

import java.util.function.IntSupplier;
import svasim.pcie.config.ErrorReporting;
import svasim.pcie.config.ErrorSeverity;
import svasim.pcie.config.LoggedHeader;
import svasim.pcie.config.PcieError;
import svasim.pcie.tlp.Message;
import svasim.pcie.tlp.MessageCode;
import svasim.pcie.tlp.Tlp;
import svasim.pcie.tlp.TlpCodec;
import svasim.stats.Counter;
import svasim.trace.Kind;

/** Notes the errors that one port or function finds, and reports them to the root port above. */
public final class ErrorReporter {
    private final Finder finder;
    private final ErrorReporting registers;
    private final Host host;
    private final Root root;
    private final Counter errors;

    /**
     * Who finds errors.
     *
     * @param requesterId as firmware has numbered it
     * @param lane of the trace
     */
    public record Finder(String name, IntSupplier requesterId, int lane) {}

    /** The way to the root port. */
    @FunctionalInterface
    public interface Root {
        void report(ErrorSeverity severity, int requesterId, long nowPs);
    }

    public ErrorReporter(Finder finder, ErrorReporting registers, Host host, Root root) {
        this.finder = finder;
        this.registers = registers;
        this.host = host;
        this.root = root;
        this.errors =
                host.statistics()
                        .counter(finder.name() + ".errors", "errors found, of every severity");
    }

    /** The message that reports an error of this severity. */
    public static Tlp message(ErrorSeverity severity, int requesterId) {
        MessageCode code =
                switch (severity) {
                    case CORRECTABLE -> MessageCode.ERR_COR;
                    case NONFATAL -> MessageCode.ERR_NONFATAL;
                    case FATAL -> MessageCode.ERR_FATAL;
                };
        return Message.plain(requesterId, code);
    }

    /** What a message reports; null if it is no error message. */
    static ErrorSeverity severity(Tlp tlp) {
        MessageCode code = tlp instanceof Message message ? message.meaning() : null;
        if (code == MessageCode.ERR_COR) {
            return ErrorSeverity.CORRECTABLE;
        } else if (code == MessageCode.ERR_NONFATAL) {
            return ErrorSeverity.NONFATAL;
        }
        return code == MessageCode.ERR_FATAL ? ErrorSeverity.FATAL : null;
    }

    /**
     * Notes an error.
     *
     * @param tlp that it is about; null without one
     */
    public void found(PcieError error, Tlp tlp) {
        LoggedHeader packet = tlp == null ? null : LoggedHeader.of(TlpCodec.encode(tlp));
        ErrorSeverity reported = registers.found(error, packet);
        ErrorSeverity severity = reported == null ? error.severity() : reported;
        int requesterId = finder.requesterId().getAsInt();
        errors.increment();
        host.trace()
                .tell(
                        Kind.ERROR_FOUND,
                        finder.lane(),
                        error.ordinal(),
                        severity.ordinal(),
                        requesterId,
                        tlp);
        if (reported != null) {
            root.report(reported, requesterId, host.kernel().nowPs());
        }
    }

    /** Notes what is wrong with a packet that is thrown away, if that is an error. */
    public void dropped(Tlp tlp, DropReason reason) {
        if (reason.error() != null) {
            found(reason.error(), tlp);
        }
    }
}
