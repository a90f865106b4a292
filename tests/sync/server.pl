# server.pl MODE PORTFILE: a server on loopback that is not what it should be; writes its port.
#   mute     takes connections and never says a word
#   http     answers as a web server
#   close    closes at once
#   stall    speaks PostgreSQL up to the first half of an answer, and stops
#   drip     goes on from there, a byte a fifth of a second
#   garbage  speaks PostgreSQL up to the answer, and answers with noise
#   spell    answers with an error whose words would move the cursor, hide and turn what stands beside them
use strict;
use IO::Socket::INET;
my ($mode, $file) = @ARGV;
my $server = IO::Socket::INET->new(Listen => 8, LocalAddr => '127.0.0.1') or die $!;
open my $out, '>', "$file.new" or die $!;
print $out $server->sockport;
close $out;
rename "$file.new", $file or die $!;
$SIG{PIPE} = 'IGNORE';
alarm 60;
my @open;
while (my $c = $server->accept) {
  $c->autoflush(1);
  if ($mode eq 'close') { close $c; next; }
  push @open, $c;
  next if $mode eq 'mute';
  if ($mode eq 'http') {
    sysread $c, my $ignored, 4096;
    print $c "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n";
    close $c;
    next;
  }
  sysread $c, my $startup, 4096;
  print $c 'R', pack('NN', 8, 0), 'Z', pack('N', 5), 'I';
  sysread $c, my $query, 4096;
  if ($mode eq 'spell') {
    my $fields = "SERROR\0C58000\0Mleft \e[2J\x9b5n \xc2\x9b1m \xe2\x80\xae0199 \xff right\0\0";
    print $c 'E', pack('N', 4 + length $fields), $fields, 'Z', pack('N', 5), 'I';
    next;
  }
  print $c '1', pack('N', 4), '2', pack('N', 4);
  print $c 'T', pack('N', 4 + 2 + 5 + 18), pack('n', 1), "pull\0", pack('NnNnNn', 0, 0, 17, 0xffff, 0xffffffff, 1);
  print $c 'D', pack('N', 1000), pack('n', 1), 'half' if $mode eq 'stall' || $mode eq 'drip';
  while ($mode eq 'drip' && print $c '.') { select undef, undef, undef, 0.2; }
  print $c 'D', pack('N', 4 + 2 + 4 + 5), pack('n', 1), pack('N', 5), "H\0\xff=x", 'C', pack('N', 13), "SELECT 1\0", 'Z', pack('N', 5), 'I'
    if $mode eq 'garbage';
}
