#!/usr/bin/perl
# another.pl CODE NAME <po/fr.po: a language more, as INSTALL says one is made: its code, its own name,
# and every message said otherwise ("CODE " before it), so that a test sees which of them speaks.
use strict;
use warnings;

my ($code, $name) = @ARGV;
# What people read beside a time and type again is one word.
my %word = (Mon => 'lun', Tue => 'mar', Wed => 'mié', Thu => 'jue', Fri => 'vie', Sat => 'sáb', Sun => 'dom',
  ' summer' => ' verano', ' winter' => ' invierno');
my $id = '';
my ($head, $begins) = (1, 0); # the header is an entry too
while (my $line = <STDIN>) {
  $head = 0 if $line eq "\n";
  $id = $1 if $line =~ /^msgid "(.*)"$/;
  if ($head) {
    $line =~ s/^"Language: \w+/"Language: $code/;
  } elsif ($line =~ /^msgstr "Français : %s"/) {
    $line = qq(msgstr "$name: %s"\n);
  } elsif ($line =~ /^msgstr/ && $word{$id}) {
    $line = qq(msgstr "$word{$id}"\n);
  } elsif ($line =~ /^msgstr(?:\[\d\])? ""$/) { # in the next lines
    $begins = 1;
  } elsif ($begins || $line =~ /^msgstr/) {
    $line =~ s/^([^"]*"(?:\\n)*)/$1$code /;
    $begins = 0;
  }
  print $line;
}
