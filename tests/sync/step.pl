# step.pl SHIM N OUT READER... -- COMMAND...: runs the command until its Nth change of a disk, stops it there,
# runs the reader (its output to OUT), and kills the command.  Prints "stopped", the reader's exit code and milliseconds,
# or "ended", the command's exit code and 0.
use strict;
use POSIX ':sys_wait_h';
use Time::HiRes 'time';
my ($shim, $n, $out, @rest) = @ARGV;
my @reader;
push @reader, shift @rest while @rest && $rest[0] ne '--';
shift @rest;
my $pid = fork // die $!;
if (!$pid) {
  open STDOUT, '>', "$out.out";
  open STDERR, '>', "$out.err";
  @ENV{qw(LD_PRELOAD SHIM_AT SHIM_DO)} = ($shim, $n, 'stop');
  exec @rest or exit 127;
}
$SIG{ALRM} = sub { kill KILL => $pid; die "it neither ends nor stops\n" };
alarm 120;
for (;;) {
  if (waitpid($pid, WNOHANG) == $pid) {
    print 'ended ', $? & 127 ? 'by a signal' : $? >> 8, " 0\n";
    exit;
  }
  open my $stat, '<', "/proc/$pid/stat" or next;
  last if (<$stat> // '') =~ /^\d+ \(.*\) [Tt]/;
  select undef, undef, undef, 0.002;
}
my $began = time;
my $reader = fork // die $!;
if (!$reader) {
  open STDOUT, '>', $out;
  open STDERR, '>', "$out.said";
  exec @reader or exit 127;
}
waitpid $reader, 0;
printf "stopped %d %d\n", $? >> 8, (time - $began) * 1000;
kill KILL => $pid;
waitpid $pid, 0;
