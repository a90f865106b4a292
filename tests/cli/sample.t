#!/usr/bin/perl
# The sample directory: the same bytes everywhere, and in it what the product is about.
use strict;
use warnings;
use utf8;
use Digest::SHA qw(sha256_hex);
use Test::More;

my $program = "$ENV{TOCSIN_BUILD}/tocsin-sample";
plan skip_all => 'tocsin-sample is not built' unless -x $program;

sub stream { return scalar `$program @_` }

# A change of the sample changes these two lines, and with them what benchmarks measure.
my $whole = stream('');
is sha256_hex($whole), 'af07b42cf744ede9126f4a8c914f54b9666189ab7cde43f2f17c6aea4b2cdf29', 'the group is the same bytes everywhere';
is sha256_hex(stream('--entries 10000')), 'f4b7974dedaa56cf1ae64958e4f242accda678154c5334e932b483913f5bff98', 'ten thousand entries are the same bytes everywhere';
isnt sha256_hex(stream('--seed 2')), sha256_hex($whole), 'another seed is another group';
{
  local $ENV{LC_ALL} = 'fr_FR.UTF-8';
  local $ENV{TZ} = 'Pacific/Auckland';
  is sha256_hex(stream('')), sha256_hex($whole), 'neither locale nor zone changes it';
}

sub records {
  my ($bytes) = @_;
  my @records;
  my $at = 0;
  while ($at < length $bytes) {
    my $end = index $bytes, "\n", $at;
    my $len = substr $bytes, $at, $end - $at;
    push @records, substr $bytes, $end + 1, $len;
    $at = $end + 1 + $len;
  }
  return @records;
}

my (%kinds, %types, %contacts, %names, %owners, %seen, %audiences, %lines, %owner_sites, @strange, @dangling);
my ($points, %entries, @pointers) = (0);
my @records = records($whole);
for my $record (@records) {
  utf8::decode($record) or push @strange, 'not UTF-8';
  my ($head, @body) = split /\n/, $record;
  my (undef, $kind, $audience, $uuid) = split /\t/, $head;
  $kinds{$kind}++;
  $audiences{$audience}++;
  push @strange, "twice: $kind $audience $uuid" if $seen{"$kind $audience $uuid"}++;
  my ($name, $site) = ('', '');
  for my $line (@body) {
    my @field = split /\t/, $line;
    $lines{"$kind $field[0]"}++;
    push @pointers, $line =~ /\b(?:to|who|role|swb)[=\t]([A-Za-z0-9_-]{22})/g if $field[0] =~ /^(next|m|step|shift|role|swb|away)$/;
    next unless $kind eq 'entry';
    $name = $field[1] if $field[0] eq 'name';
    $site = $field[1] if $field[0] eq 'site';
    $types{$field[1]}++ if $field[0] eq 'type';
    $entries{$uuid} = 1;
    next unless $field[0] eq 'c';
    $points++;
    my %at = map { split /=/, $_, 2 } @field[4 .. $#field];
    $contacts{$at{kind}}++;
    $owners{($at{plan} // '') . " $field[3]"}++;
    push @strange, "$line" if $at{e} && $at{e} !~ /^\+33(19900|26191|35301|46571|53649|63998)\d{4}$/;
  }
  $names{$name}{$site} = 1 if $name ne '';
}
@dangling = grep { !$entries{$_} } @pointers;

is_deeply \@strange, [], 'every public number is one of fiction, and no record stands twice';
is scalar(@dangling), 0, 'every entry that is referred to is there';
is $kinds{site}, 38, '38 sites';
is scalar(keys %entries), 22000, '22,000 entries';
cmp_ok abs($points - 66000), '<', 700, 'about 66,000 contact points';
cmp_ok abs($types{person} / 22000 - 0.7), '<', 0.01, 'seven entries in ten are persons';
my $shared = 0;
$_ > 1 and $shared += $_ for values %owners;
cmp_ok abs($shared / $points - 0.2), '<', 0.02, 'one number in five is shared';
my $common = grep { keys %{ $names{$_} } >= 30 } 'Interne de garde', 'Administrateur de garde';
is $common, 2, 'a role has one name at thirty sites and more';
is join(',', grep { !$contacts{$_} } qw(extension ddi direct-line red-phone dect mobile pager fax fax-server secure-mail mail)),
  '', 'every kind of contact point is there';
is join(',', grep { !$audiences{$_} } qw(public clinical switchboard restricted)), '', 'all audiences are there';
is join(',', grep { !$lines{$_} } 'entry held', 'entry was', 'entry wasno', 'entry next', 'entry note', 'entry away',
    'entry critical', 'entry serves', 'entry call-if', 'plan tie', 'plan range', 'domain needs', 'rule domains', 'calendar day',
    'rota shift', 'group m', 'scenario step'), '', 'every fact is there';

my %weeks;
for (@records) {
  next unless /^tocsin1\trota\t/;
  my ($role) = /^role\t(.*)$/m;
  my ($week) = /^week\t(.*)$/m;
  $weeks{$week}{$role} = () = /^shift\t[^\n]*line=1/mg;
}
is join(' ', sort keys %weeks), '2026-W47 2026-W48 2026-W49 2026-W50 2026-W51 2026-W52', 'rota of 42 days';
my ($full, $gap) = (0, 0);
for my $week (values %weeks) {
  $_ == 7 ? $full++ : $gap++ for values %$week;
}
cmp_ok $gap, '>', $full / 10, 'with nights on which nobody is listed';

my @public = records(stream('--audience public'));
is scalar(grep { /^tocsin1\t\w+\t(?!public)/ } @public), 0, 'a public terminal gets public parts alone';
my @aged = records(stream('--changes 50'));
my @later = records(stream('--changes 30 --after 20'));
is scalar(grep { !$entries{ (split /[\t\n]/)[3] } } @aged), 0, 'changes are of entries that are there';
is_deeply [ @later[ -5 .. -1 ] ], [ @aged[ -5 .. -1 ] ], 'changes can be had in portions';
is system("$program --entries 1 2>/dev/null") >> 8, 64, 'a size that cannot be is a fault of usage';
is system("$program > /dev/full 2>/dev/null") >> 8, 74, 'a full disk is a fault';
done_testing;
