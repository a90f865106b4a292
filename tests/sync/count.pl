# count.pl SOCKET_DIR PORT FILE: a PostgreSQL socket on the way to another (FILE.d/.s.PGSQL.PORT), that
# counts the bytes that came back; writes them to FILE when a connection ends.  Ends with its parent.
use strict;
use IO::Socket::UNIX;
use IO::Select;
my ($dir, $port, $file) = @ARGV;
mkdir "$file.d";
my $server = IO::Socket::UNIX->new(Local => "$file.d/.s.PGSQL.$port", Listen => 8) or die $!;
open my $ready, '>', "$file.ready" or die $!;
close $ready;
my $parent = getppid();
my $wait = IO::Select->new($server);
while (getppid() == $parent) {
  next unless $wait->can_read(0.5);
  my $client = $server->accept or next;
  my $source = IO::Socket::UNIX->new(Peer => "$dir/.s.PGSQL.$port") or die $!;
  my ($count, $turns, $last) = (0, 0, 0);
  my $both = IO::Select->new($client, $source);
  BOTH: while (my @ready = $both->can_read) {
    for my $from (@ready) {
      my $n = sysread $from, my $bytes, 65536;
      last BOTH unless $n;
      if ($from == $source) { $count += $n; $turns++ if $last != 1; $last = 1 }
      else { $last = 2 }
      my $to = $from == $client ? $source : $client;
      for (my $at = 0; $at < $n;) {
        my $w = syswrite $to, $bytes, $n - $at, $at;
        last BOTH unless $w;
        $at += $w;
      }
    }
  }
  close $client;
  close $source;
  open my $out, '>', "$file.new" or die $!;
  print $out "$count $turns\n";
  close $out;
  rename "$file.new", $file;
}
