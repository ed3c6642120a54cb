-- Price lists that replicas offer, or offered until a while ago; see PriceVersions. A few rows, however often prices change.
create table farebox_price_version (
    version_id    varchar(64)  not null,
    owner         varchar(200) not null,
    digest        varchar(64)  not null,
    offered_until bigint       not null,
    -- offered_until and the time in which what was offered can be paid
    payable_until bigint       not null,
    -- JSON
    prices        text         not null,
    constraint farebox_price_version_pk primary key (version_id, owner)
);

create index farebox_price_version_digest on farebox_price_version (digest);
